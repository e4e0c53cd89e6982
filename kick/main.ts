/** `npm run kick`: ends somebody's connections, and lets them connect no more for a while. */
import { accountOf } from "../verify/account.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { type Answer, kick } from "./stack.ts";

const inWords = (answer: Extract<Answer, { identity: string }>): string => {
  const { identity, connections, until } = answer;
  const ended = `Ended ${connections} connection${connections === 1 ? "" : "s"} of ${identity}`;
  if (until === 0) return `${ended}, who may connect again at once.`;
  return `${ended}, who may connect again at ${new Date(until * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC.`;
};

const main = async ({ stackName, data, identity, seconds }: Options) => {
  const account = await accountOf(data === undefined ? {} : { data }, process.env);
  const answer = await kick(stackName, account, { identity, seconds });
  if ("reason" in answer) throw new Error(answer.reason);
  process.stdout.write(`${inWords(answer)}\n`);
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") process.stdout.write(`${USAGE}\n`);
  else await main(options);
} catch (error) {
  // What Node says of a wrong option goes on with advice in further lines.
  process.stderr.write(`${(error instanceof Error ? error.message : String(error)).split("\n")[0]}\n`);
  process.exitCode = 1;
}
