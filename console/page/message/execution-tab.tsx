import { useMemo } from "preact/hooks";
import type { MachineRun, StateRun } from "../../contract.ts";
import { count, counted, duration } from "../shared/words.ts";
import { MachineGraph } from "./machine-graph.tsx";
import { layoutMachine } from "./machine-layout.ts";

/** The state machines that worked on the message. */
export const ExecutionTab = ({ machines }: { machines: readonly MachineRun[] }) =>
  machines.length === 0 ? (
    <p class="empty">No execution is in the record yet. An execution is recorded when it has ended.</p>
  ) : (
    <div>
      {machines.map((machine) => (
        <Machine key={machine.name} machine={machine} />
      ))}
    </div>
  );

const Machine = ({ machine: { name, executions, states } }: { machine: MachineRun }) => {
  // The definition is the same each time the story is asked for, but its counts are not.
  const drawing = useMemo(() => layoutMachine(states), [states]);
  const ran = states.filter(({ entered }) => entered > 0);
  return (
    <section class="machine" aria-label={name}>
      <h2>
        <code>{name}</code> <span class="many">{counted(executions, "execution")}</span>
      </h2>
      <div class="machine-parts">
        <MachineGraph name={name} drawing={drawing} />
        <div class="wide boxed">
          <table class="states">
            <caption>
              The {count(ran.length)} of {counted(states.length, "state")} that ran
            </caption>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col" class="number">
                  Entered
                </th>
                <th scope="col" class="number">
                  Failed
                </th>
                <th scope="col" class="number">
                  On average
                </th>
                <th scope="col" class="number">
                  Longest
                </th>
              </tr>
            </thead>
            <tbody>
              {ran.map((state) => (
                <StateLine key={`${state.parent} ${state.name}`} state={state} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
};

const StateLine = ({ state }: { state: StateRun }) => (
  <tr>
    <th scope="row" class={state.parent === undefined ? undefined : "inner"}>
      {state.name} <span class="type">{state.type}</span>
    </th>
    <td class="number">{count(state.entered)}</td>
    <td class={state.failed > 0 ? "number bad" : "number"}>{state.failed > 0 ? count(state.failed) : "–"}</td>
    <td class="number">{duration(state.totalMs / Math.max(1, state.entered))}</td>
    <td class="number">{duration(state.longestMs)}</td>
  </tr>
);
