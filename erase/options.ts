import { parseArgs } from "node:util";

/** Whose messages go, or which room. */
export type Subject = { readonly identity: string } | { readonly room: string };

/** What `npm run erase` is asked. */
export interface Options {
  readonly stackName: string;
  /** The data folder of a local runtime; without it, the account that the AWS CLI would use. */
  readonly data: string | undefined;
  readonly subject: Subject;
  /** Only say what would be done. */
  readonly dryRun: boolean;
}

export const USAGE = `npm run erase -- --identity ID | --room NAME [--stage dev] [--data .roomcast] [--yes]

Says what would be erased, and with --yes erases it. It cannot be undone, but by restoring a table of before.
Broken off, it is run again: what is erased stays erased.

  --identity ID  the messages of this person, in every room: each one's from.id. Kick the person first, with a ban, or
                 what is published meanwhile stays
  --room NAME    this room: its messages, and how far its numbers are. Whoever is in it then is in a new, empty room
  --stage NAME   the stage: the stack is Roomcast-{stage} (dev)
  --data DIR     the local runtime that runs on this data folder, instead of the account that the AWS CLI would use
  --yes          erase it`;

/** Reads the command line; "help" when it asks for it. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options | "help" => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      identity: { type: "string", default: "" },
      room: { type: "string", default: "" },
      stage: { type: "string", default: "dev" },
      data: { type: "string" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { identity, room, stage, data, yes } = values;
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new Error(`--stage is "${stage}": it is the end of the stack's name, such as dev of Roomcast-dev.`);
  if (data === "") throw new Error("--data is empty: it is the folder that the local runtime keeps its data in.");
  if ((identity === "") === (room === ""))
    throw new Error("Say what to erase: --identity ID or --room NAME, one of them.");
  const subject = room === "" ? { identity } : { room };
  return { stackName: `Roomcast-${stage}`, data, subject, dryRun: !yes };
};
