/** `npm run erase`: erases what a person has said, or a room. */
import { accountOf } from "../verify/account.ts";
import { personInWords, roomInWords } from "./in-words.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { erasePerson } from "./person.ts";
import { countRoom, eraseRoom } from "./room.ts";
import { type EraseStack, openEraseStack } from "./stack.ts";

const write = (line: string) => process.stdout.write(`${line}\n`);

/** @returns what was done, in words */
const erase = async (stack: EraseStack, { subject, dryRun }: Options): Promise<string> => {
  if ("identity" in subject) {
    const { identity } = subject;
    return personInWords(identity, await erasePerson(stack)(identity, dryRun), dryRun);
  }
  const { room } = subject;
  if (dryRun) return roomInWords(room, await countRoom(stack)(room), dryRun);
  const letFunctionsEnd = () => {
    write("Waiting until all functions that run now have ended …");
    return stack.letFunctionsEnd();
  };
  return roomInWords(room, await eraseRoom({ ...stack, letFunctionsEnd })(room), dryRun);
};

const main = async (options: Options) => {
  const { stackName, data } = options;
  const stack = await openEraseStack(stackName, await accountOf(data === undefined ? {} : { data }, process.env));
  try {
    write(await erase(stack, options));
  } finally {
    stack.end();
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") write(USAGE);
  else await main(options);
} catch (error) {
  // What Node says of a wrong option goes on with advice in further lines.
  process.stderr.write(`${(error instanceof Error ? error.message : String(error)).split("\n")[0]}\n`);
  process.exitCode = 1;
}
