/** `npm run verify`: checks a deployed Roomcast, or the local runtime, from outside and from inside. */
import { writeFile } from "node:fs/promises";
import { findRunning } from "../local/data-folder.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { fails } from "./probe.ts";
import { line, report, summary } from "./report.ts";
import type { Account } from "./stack.ts";
import { verify } from "./verify.ts";

const write = (text: string) => process.stdout.write(text);

const accountOf = async (inside: Options["inside"]): Promise<Account | undefined> => {
  if (inside === undefined) return undefined;
  if (!("data" in inside)) return inside.region === undefined ? {} : { region: inside.region };
  const running = await findRunning(inside.data);
  if (!running) throw new Error(`No Roomcast runs on ${inside.data}: start it with npm start.`);
  const { origin, accessKeyId, secretAccessKey } = running;
  return { endpoint: origin, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
};

const main = async ({ endpoint, stackName, inside, report: file }: Options) => {
  const account = await accountOf(inside);
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
