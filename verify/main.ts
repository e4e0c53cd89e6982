/** `npm run verify`: checks a deployed Roomcast, or the local runtime, from outside and from inside. */
import { writeFile } from "node:fs/promises";
import { accountOf } from "./account.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { fails } from "./probe.ts";
import { line, report, summary } from "./report.ts";
import { verify } from "./verify.ts";

const write = (text: string) => process.stdout.write(text);

const main = async ({ endpoint, stackName, inside, report: file }: Options) => {
  const account = inside && (await accountOf(inside, process.env));
  const answers = await verify({ endpoint, stackName, account, tell: (answered) => write(line(answered)) });
  const looked = inside && "data" in inside ? "the local runtime" : inside;
  await writeFile(file, report({ endpoint, stackName, inside: looked, at: new Date().toISOString() }, answers));
  write(`\n${summary(answers)} The report is in ${file}.\n`);
  if (answers.some(fails)) process.exitCode = 1;
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
