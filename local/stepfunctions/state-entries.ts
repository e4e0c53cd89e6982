import { type EntryOutcome, encodeEntry, type Failure, type StateTotals } from "../record/execution-record.ts";
import { createStateTotals } from "./state-totals.ts";

/** An entry into a state that has not ended. */
export interface OpenEntry {
  /** Where it stands among all; undefined for one that is only counted. */
  readonly place: number | undefined;
  readonly state: number;
  readonly parent: OpenEntry | undefined;
  readonly index: number | undefined;
  readonly enteredAt: number;
  /** JSON text. */
  readonly input: string;
  readonly failures: Failure[];
  /** Whether its last try has failed. */
  failing: boolean;
}

/** What is told of an entry as it begins. */
export type Begin = Pick<OpenEntry, "parent" | "index" | "enteredAt" | "input"> & {
  readonly name: string;
  /** For example `Task`. */
  readonly type: string;
};

/** The entries of one execution, kept as text: there may be thousands, and many executions at once. */
export interface StateEntries {
  begin(entry: Begin): OpenEntry;
  /** @param at undefined where it broke off @param output JSON text */
  end(entry: OpenEntry, outcome: EntryOutcome, at: number | undefined, output?: string): void;
  states(): readonly StateTotals[];
  /** As `encodeEntry` writes them. */
  texts(): string[];
  /** How many were only counted. */
  leftOut(): number;
}

/** An execution that does more is counted on: these are enough for 5,000 tasks, and less than the record takes of an entry. */
const MOST = { entries: 5_000, bytes: 1_200_000 };

/** More tries of one entry are not kept. */
const MOST_FAILURES = 20;

/** @param startedAt Unix time in milliseconds, when the execution began */
export const createStateEntries = (startedAt: number): StateEntries => {
  const totals = createStateTotals();
  const texts: string[] = [];
  let bytes = 0;
  let leftOut = 0;
  return {
    begin({ name, type, ...begun }) {
      const state = totals.enter(name, type);
      const kept = texts.length < MOST.entries && bytes < MOST.bytes;
      if (!kept) leftOut++;
      const place = kept ? texts.push("") - 1 : undefined;
      return { ...begun, state, place, failures: [], failing: false };
    },
    end(entry, outcome, endedAt, output) {
      const { place, state, parent, index, enteredAt, input, failures } = entry;
      if (endedAt !== undefined) totals.leave(state, endedAt - enteredAt, outcome === "caught" || outcome === "failed");
      if (place === undefined) return;
      const told = {
        parent: parent?.place,
        index,
        enteredAt,
        endedAt,
        outcome,
        failures: failures.slice(-MOST_FAILURES),
      };
      const text = encodeEntry(state, startedAt, told, input, output);
      texts[place] = text;
      bytes += Buffer.byteLength(text);
    },
    states: totals.all,
    texts: () => texts,
    leftOut: () => leftOut,
  };
};
