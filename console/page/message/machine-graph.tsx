import { useId } from "preact/hooks";
import { count } from "../shared/words.ts";
import { arrowPath, countsOf, type Drawing, insideOffset, type PlacedState } from "./machine-layout.ts";

/** A graph is made smaller to fit, but not so small that it cannot be read. */
const SMALLEST = 0.82;

/** A state machine, with how often each state was entered. The table beside it tells the same in words. */
export const MachineGraph = ({ name, drawing }: { name: string; drawing: Drawing }) => {
  const tip = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="graph" tabIndex={0} aria-label={`Graph of ${name}`}>
      <svg
        width={drawing.width}
        style={{ minWidth: `${SMALLEST * drawing.width}px` }}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="img"
        aria-label={`The states of ${name} and what leads from one to the next; the table beside it has the counts.`}
      >
        <defs>
          <marker id={tip} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0.5 8 4 0 7.5z" class="tip" />
          </marker>
        </defs>
        <States drawing={drawing} tip={tip} />
      </svg>
    </section>
  );
};

const States = ({ drawing: { states, arrows }, tip }: { drawing: Drawing; tip: string }) => {
  const idle = new Set(states.filter(({ state }) => state.entered === 0).map(({ state }) => state.name));
  return (
    <>
      {arrows.map(({ from, to, points }) => (
        <path
          key={`${from} ${to}`}
          class={idle.has(from) || idle.has(to) ? "arrow idle" : "arrow"}
          d={arrowPath(points)}
          marker-end={`url(#${tip})`}
        />
      ))}
      {states.map((placed) => (
        <OneState key={placed.state.name} placed={placed} tip={tip} />
      ))}
    </>
  );
};

const OneState = ({ placed, tip }: { placed: PlacedState; tip: string }) => {
  const { state, x, y, width, height, inside } = placed;
  const offset = insideOffset(placed);
  const kind = [
    "state-box",
    inside && "map",
    state.entered === 0 && "idle",
    state.failed > 0 && "failed",
    (state.isStart || state.next.length === 0) && "edge",
  ].filter(Boolean);
  return (
    <g class={kind.join(" ")} transform={`translate(${x} ${y})`}>
      <title>
        {state.name}: {state.type}, entered {count(state.entered)} times, failed {count(state.failed)} times
      </title>
      <rect width={width} height={height} rx={inside ? 10 : 8} />
      <text class="state-name" x={14} y={19}>
        {state.name}
      </text>
      <text class="state-counts" x={14} y={35}>
        {countsOf(state)}
      </text>
      {inside && (
        <g transform={`translate(${offset.x} ${offset.y})`}>
          <States drawing={inside} tip={tip} />
        </g>
      )}
    </g>
  );
};
