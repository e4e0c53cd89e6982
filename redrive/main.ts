/** `npm run redrive`: lists a stack's dead letters, and does again what they say was not done. */
import { accountOf } from "../verify/account.ts";
import { openDeadLetters } from "./dead-letters.ts";
import { counted, listed } from "./in-words.ts";
import { type Options, readOptions, USAGE } from "./options.ts";

const write = (text: string) => process.stdout.write(text);

const main = async ({ stackName, data, letterIds, dryRun }: Options) => {
  const deadLetters = openDeadLetters(stackName, await accountOf(data === undefined ? {} : { data }, process.env));
  try {
    if (!letterIds) {
      const letters = await deadLetters.list();
      write(`${counted(letters.length, "dead letter")} of ${stackName}.\n\n`);
      for (const letter of letters) write(`${listed(letter)}\n`);
      if (letters.length > 0) write("To redrive them: --all, or --letter ID. Nothing is done without --yes.\n");
      return;
    }
    const results = await deadLetters.redrive({ letterIds, dryRun }, ({ letterId, outcome }) =>
      write(`${letterId}  ${outcome}\n`),
    );
    if (results.length === 0) write(`There are no dead letters of ${stackName}.\n`);
    else if (dryRun) write("\nNothing was done: add --yes to do it.\n");
    if (!dryRun && results.some(({ done }) => !done)) process.exitCode = 1;
  } finally {
    deadLetters.end();
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") write(`${USAGE}\n`);
  else await main(options);
} catch (error) {
  // What Node says of a wrong option goes on with advice in further lines.
  process.stderr.write(`${(error instanceof Error ? error.message : String(error)).split("\n")[0]}\n`);
  process.exitCode = 1;
}
