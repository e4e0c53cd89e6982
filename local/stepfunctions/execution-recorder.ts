import type { Json } from "../json.ts";
import { encodeExecution } from "../record/execution-record.ts";
import type { HistoryEvent, Position } from "./asl/history.ts";
import type { Outcome } from "./asl/interpret.ts";
import { createStateEntries, type OpenEntry } from "./state-entries.ts";

/** What is known of an execution at its start. */
export interface Beginning {
  readonly executionArn: string;
  /** The machine's name. */
  readonly stateMachine: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly input: Json;
  readonly traceHeader?: string | undefined;
}

/** The execution itself, a branch or an iteration: one state after the other. */
interface Line {
  /** The Map or Parallel state around it. */
  readonly around: OpenEntry | undefined;
  /** Of an iteration. */
  readonly index: number | undefined;
  /** The state that it is in. */
  entry?: OpenEntry | undefined;
}

/** What is inside of a Map or Parallel state. */
interface Inside {
  /** The event that began its present try: the first events of its lines follow this one. */
  readonly event: number;
  readonly positions: Set<Position>;
  /** The error that ended an iteration. */
  error?: string | undefined;
}

/** What begins a try of a state. */
const began = new Set(["LambdaFunctionScheduled", "TaskScheduled", "MapStateStarted", "ParallelStateStarted"]);

/** What ends one that has failed. */
const failed = new Set([
  ...["EvaluationFailed", "LambdaFunctionFailed", "LambdaFunctionTimedOut", "TaskFailed", "TaskTimedOut"],
  ...["MapStateFailed", "ParallelStateFailed"],
]);

const ENTERED = "StateEntered";

/** Makes of an execution's history what is recorded of it, reading no more of the events than that needs. */
export const createExecutionRecorder = ({ startedAt, ...beginning }: Beginning) => {
  const entries = createStateEntries(startedAt);
  const lines = new Map<Position, Line>();
  const insides = new Map<OpenEntry, Inside>();
  const begunBy = new Map<number, OpenEntry>();

  const lineAt = (position: Position, previousId: number, index?: number): Line => {
    const known = lines.get(position);
    if (known) return known;
    const line = { around: begunBy.get(previousId), index };
    lines.set(position, line);
    if (line.around) insides.get(line.around)?.positions.add(position);
    return line;
  };
  const open = (entry: OpenEntry, event: number) => {
    insides.set(entry, { event, positions: new Set() });
    begunBy.set(event, entry);
  };
  /** Ends what is inside, for instance what an error elsewhere has ended there. @returns the error, where it came from there */
  const close = (entry: OpenEntry, at: number): string | undefined => {
    const inside = insides.get(entry);
    if (!inside) return undefined;
    insides.delete(entry);
    begunBy.delete(inside.event);
    let { error } = inside;
    for (const position of inside.positions) {
      const left = lines.get(position)?.entry;
      lines.delete(position);
      if (left?.failing) error ??= left.failures.at(-1)?.error;
      if (left) breakOff(left, at);
    }
    return error;
  };
  const breakOff = (entry: OpenEntry, at: number) => {
    close(entry, at);
    if (entry.failing) entries.end(entry, "failed", at);
    else entries.end(entry, "broken off", undefined);
  };
  const fail = (entry: OpenEntry, at: number, error: unknown) => {
    entry.failing = true;
    entry.failures.push({ at, error: typeof error === "string" ? error : "" });
  };

  return {
    listen({ id, previousId, position, type, timestamp, details }: HistoryEvent) {
      if (type.endsWith(ENTERED)) {
        const line = lineAt(position, previousId);
        const { name, input } = details() as { name: string; input: string };
        const begin = { name, type: type.slice(0, -ENTERED.length), input, enteredAt: timestamp };
        line.entry = entries.begin({ ...begin, parent: line.around, index: line.index });
        return;
      }
      if (type === "MapIterationStarted") return void lineAt(position, previousId, Number(details().index));
      const line = lines.get(position);
      const entry = line?.entry;
      if (!line || !entry) return;
      if (type.endsWith("StateExited")) {
        close(entry, timestamp);
        entries.end(entry, entry.failing ? "caught" : "succeeded", timestamp, String(details().output));
        line.entry = undefined;
      } else if (began.has(type)) {
        entry.failing = false;
        close(entry, timestamp);
        if (type.endsWith("StateStarted")) open(entry, id);
      } else if (failed.has(type)) {
        const inner = close(entry, timestamp);
        fail(entry, timestamp, details().error ?? inner);
      } else if (type === "MapIterationFailed") {
        const inside = line.around && insides.get(line.around);
        if (inside) inside.error = entry.failures.at(-1)?.error;
        breakOff(entry, timestamp);
        line.entry = undefined;
      }
    },
    /** @returns the body of the record's entry: `execution-record.ts` reads it */
    end(outcome: Outcome, endedAt: number): string {
      for (const { entry, around } of [...lines.values()]) {
        if (!entry || around) continue;
        if (outcome.status === "FAILED" && !entry.failing) fail(entry, endedAt, outcome.error);
        breakOff(entry, endedAt);
      }
      const head = { ...beginning, ...outcome, startedAt, endedAt, states: entries.states() };
      return encodeExecution({ ...head, entriesLeftOut: entries.leftOut() }, entries.texts());
    },
  };
};
