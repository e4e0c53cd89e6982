import { parseArgs } from "node:util";

/** What `npm run redrive` is asked. */
export interface Options {
  readonly stackName: string;
  /** The data folder of a local runtime; without it, the account that the AWS CLI would use. */
  readonly data: string | undefined;
  /** Which letters are meant; without it, all are listed and nothing else is done. */
  readonly letterIds: readonly string[] | "all" | undefined;
  /** Only say what would be done. */
  readonly dryRun: boolean;
}

export const USAGE = `npm run redrive -- --stage dev [--data .roomcast] [--all | --letter ID …] [--yes]

Lists what is in the dead-letter queues. With --all or --letter it says what would be done, and with --yes it does it.

  --stage NAME  the stage: the stack is Roomcast-{stage} (dev)
  --data DIR    the local runtime that runs on this data folder, instead of the account that the AWS CLI would use
  --all         every letter
  --letter ID   this one; may be given several times
  --yes         do it`;

/** Reads the command line; "help" when it asks for it. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options | "help" => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: "string", default: "dev" },
      data: { type: "string" },
      all: { type: "boolean", default: false },
      letter: { type: "string", multiple: true, default: [] },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { stage, data, all, letter, yes } = values;
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new Error(`--stage is "${stage}": it is the end of the stack's name, such as dev of Roomcast-dev.`);
  if (data === "") throw new Error("--data is empty: it is the folder that the local runtime keeps its data in.");
  if (all && letter.length > 0) throw new Error("--all and --letter: give one of them.");
  const letterIds = all ? "all" : letter.length > 0 ? letter : undefined;
  if (yes && !letterIds) throw new Error("--yes: to what? Say --all or --letter ID.");
  return { stackName: `Roomcast-${stage}`, data, letterIds, dryRun: !yes };
};
