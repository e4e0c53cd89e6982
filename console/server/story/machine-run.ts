import type { ExecutionRecord } from "../../../local/record/execution-record.ts";
import type { MachineRun, StateRun } from "../../contract.ts";
import type { MachineState } from "./machine-states.ts";

/** What happened in a state, counted. */
type Counts = Pick<StateRun, "entered" | "failed" | "totalMs" | "longestMs">;

const NEVER: Counts = { entered: 0, failed: 0, totalMs: 0, longestMs: 0 };

/** What a machine's executions did, state by state of its definition; of a state that it has no more, in which it was. */
export const machineRun = (
  name: string,
  executions: readonly Pick<ExecutionRecord, "states">[],
  states: readonly MachineState[],
): MachineRun => {
  const counts = new Map<string, Counts>();
  const others = new Map<string, MachineState>();
  for (const { name: state, type, entered, failed, totalMs, longestMs } of executions.flatMap((ran) => ran.states)) {
    const before = counts.get(state) ?? NEVER;
    counts.set(state, {
      entered: before.entered + entered,
      failed: before.failed + failed,
      totalMs: before.totalMs + totalMs,
      longestMs: Math.max(before.longestMs, longestMs),
    });
    if (!states.some((known) => known.name === state))
      others.set(state, { name: state, type, next: [], isStart: false });
  }
  return {
    name,
    executions: executions.length,
    states: [...states, ...others.values()].map((state) => ({ ...state, ...(counts.get(state.name) ?? NEVER) })),
  };
};
