import { parseArgs } from "node:util";

/** What `npm run kick` is asked. */
export interface Options {
  readonly stackName: string;
  /** The data folder of a local runtime; without it, the account that the AWS CLI would use. */
  readonly data: string | undefined;
  /** Whose connections are to end. */
  readonly identity: string;
  /** How long they may not connect again. */
  readonly seconds: number;
}

export const USAGE = `npm run kick -- --identity ID [--for 1h] [--stage dev] [--data .roomcast]

Ends all connections of a person, and lets them connect no more for a while.

  --identity ID  whose connections: the from.id of their messages
  --for TIME     how long they may not connect: 90s, 15m, 1h or 30d, which is the longest (1h); 0 lets them in again
  --stage NAME   the stage: the stack is Roomcast-{stage} (dev)
  --data DIR     the local runtime that runs on this data folder, instead of the account that the AWS CLI would use`;

/** Reads the command line; "help" when it asks for it. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options | "help" => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      identity: { type: "string", default: "" },
      for: { type: "string", default: "1h" },
      stage: { type: "string", default: "dev" },
      data: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { identity, for: time, stage, data } = values;
  if (identity === "") throw new Error("--identity is not there: say whose connections are to end.");
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new Error(`--stage is "${stage}": it is the end of the stack's name, such as dev of Roomcast-dev.`);
  if (data === "") throw new Error("--data is empty: it is the folder that the local runtime keeps its data in.");
  return { stackName: `Roomcast-${stage}`, data, identity, seconds: secondsOf(time) };
};

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const secondsOf = (time: string): number => {
  if (time === "0") return 0;
  const [, count, unit] = /^(\d{1,7})([smhd])$/.exec(time) ?? [];
  const seconds = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (seconds >= 0 && seconds <= 30 * UNITS.d) return seconds;
  throw new Error(`--for is "${time}": it is a time such as 90s, 15m, 1h or 30d, and 30d at the most, or 0.`);
};
