import type { Json } from "../json.ts";

/** How an execution ended. An execution that broke off and was begun again is two: the first was ABORTED. */
export type ExecutionStatus = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** How an entry into a state ended: by an error that was caught, by one that was not, or not at all. */
export type EntryOutcome = "succeeded" | "caught" | "failed" | "broken off";

/** An execution that has ended. Times are Unix time in milliseconds. */
export interface ExecutionRecord {
  readonly executionArn: string;
  /** The machine's name. */
  readonly stateMachine: string;
  readonly status: ExecutionStatus;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly input: Json;
  /** Only of one that succeeded. */
  readonly output?: Json | undefined;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string | undefined;
  /** Every state that was entered, in the order of the first entries. */
  readonly states: readonly StateTotals[];
  /** In the order in which they began. */
  readonly entries: readonly StateEntry[];
  /** Entries that are counted in `states` and left out of `entries`, because there were too many. */
  readonly entriesLeftOut: number;
}

/** All entries into one state. */
export interface StateTotals {
  readonly name: string;
  /** For example `Task`. */
  readonly type: string;
  readonly entered: number;
  /** Those that an error ended, caught ones too. */
  readonly failed: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

/** One entry into a state. */
export interface StateEntry {
  readonly state: string;
  /** The entry's place in `entries` of the Map or Parallel state that it is inside of. */
  readonly parent?: number | undefined;
  /** Inside of a Map: 0 for the first item's iteration. */
  readonly index?: number | undefined;
  readonly enteredAt: number;
  /** Not there where it broke off. */
  readonly endedAt?: number | undefined;
  readonly outcome: EntryOutcome;
  /** The state's input: the item, in the first state of an iteration. What is longer than 1 KB is its beginning, as text. */
  readonly input: Json;
  /** The state's output; that of the catcher where an error was caught. Cut like `input`. */
  readonly output?: Json | undefined;
  /** Every try that failed, those that were tried again too; the last of them ended the entry if it did not succeed. */
  readonly failures: readonly Failure[];
}

/** A try that failed. */
export interface Failure {
  readonly at: number;
  /** The error's name, for example `States.Timeout`; empty where it has none. */
  readonly error: string;
}

/** An execution without its entries, which are kept as text while it runs. */
export type ExecutionHead = Omit<ExecutionRecord, "entries">;

const MOST_CHARACTERS = 1024;

/** JSON text that is short enough as it is, and of other text the beginning. */
const cut = (json: string): string =>
  json.length <= MOST_CHARACTERS ? json : JSON.stringify(`${json.slice(0, MOST_CHARACTERS)}…`);

/**
 * Writes an entry. The state is named by its place in `states`, and times count from the execution's start: there may be
 * thousands.
 * @param input JSON text
 * @param output JSON text
 */
export const encodeEntry = (
  state: number,
  startedAt: number,
  { parent, index, enteredAt, endedAt, outcome, failures }: Omit<StateEntry, "state" | "input" | "output">,
  input: string,
  output: string | undefined,
): string => {
  const tries = failures.map(({ at, error }) => [at - startedAt, error]);
  const end = endedAt === undefined ? null : endedAt - startedAt;
  const columns = JSON.stringify([state, parent ?? null, index ?? null, enteredAt - startedAt, end, outcome, tries]);
  return `${columns.slice(0, -1)},${cut(input)}${output === undefined ? "" : `,${cut(output)}`}]`;
};

/** The JSON text of an execution. @param entries as `encodeEntry` writes them */
export const encodeExecution = (head: ExecutionHead, entries: readonly string[]): string =>
  `${JSON.stringify(head).slice(0, -1)},"entries":[${entries.join(",")}]}`;

type Columns = [
  state: number,
  parent: number | null,
  index: number | null,
  enteredMs: number,
  endedMs: number | null,
  outcome: EntryOutcome,
  tries: [ms: number, error: string][],
  input: Json,
  output?: Json,
];

/**
 * Reads the body of an entry of kind `execution`. For example, what became of each item of a Map whose iterations begin
 * with the state `Charge`:
 *
 * ```ts
 * for (const { body } of await record.find([orderId], ["execution"])) {
 *   const { entries } = decodeExecution(body);
 *   for (const { state, parent, index, input, outcome, endedAt, failures } of entries) {
 *     if (state !== "Charge") continue;
 *     const map = parent === undefined ? undefined : entries[parent]; // which entry into the Map the item was of
 *     const tries = failures.length + (outcome === "succeeded" ? 1 : 0);
 *     console.log(input, outcome, endedAt, tries, failures.at(-1)?.error, map?.state, index);
 *   }
 * }
 * ```
 */
export const decodeExecution = (body: string): ExecutionRecord => {
  const { entries, ...head } = JSON.parse(body) as ExecutionHead & { entries: Columns[] };
  const { startedAt, states } = head;
  return {
    ...head,
    entries: entries.map(
      ([state, parent, index, enteredMs, endedMs, outcome, tries, input, output]): StateEntry => ({
        state: states[state]?.name ?? "",
        parent: parent ?? undefined,
        index: index ?? undefined,
        enteredAt: startedAt + enteredMs,
        endedAt: endedMs === null ? undefined : startedAt + endedMs,
        outcome,
        input,
        output,
        failures: tries.map(([ms, error]) => ({ at: startedAt + ms, error })),
      }),
    ),
  };
};
