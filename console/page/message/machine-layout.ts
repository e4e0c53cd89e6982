import { Graph, layout } from "@dagrejs/dagre";
import type { StateRun } from "../../contract.ts";
import { count } from "../shared/words.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** An edge of dagre's graph: from `v` to `w`. */
interface Edge {
  readonly v: string;
  readonly w: string;
}

/** Where a state is drawn: its left upper corner, from that of what it stands in. Lengths in SVG units. */
export interface PlacedState {
  readonly state: StateRun;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is drawn within a Map. */
  readonly inside?: Drawing;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Point[];
  }[];
}

const MARGIN = 4;
const STATE_HEIGHT = 46;
const LETTER_WIDTH = 7.9;
const SMALL_WIDTH = 6.8;
/** Above the states of a Map, for its name, and around them. */
export const MAP_HEAD = 46;
const MAP_EDGE = 14;

/**
 * Lays a state machine out from top to bottom. A Map is laid out by itself first and is then one node of the whole,
 * because dagre takes no edge to a node that has others within it.
 */
export const layoutMachine = (states: readonly StateRun[], parent?: string): Drawing => {
  const here = states.filter((state) => state.parent === parent);
  const names = new Set(here.map(({ name }) => name));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 26, ranksep: 34, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));

  const inside = new Map<string, Drawing>();
  for (const state of [...here].sort((a, b) => Number(b.isStart) - Number(a.isStart))) {
    const below = states.some((other) => other.parent === state.name) ? layoutMachine(states, state.name) : undefined;
    if (below) inside.set(state.name, below);
    const label = Math.max(132, state.name.length * LETTER_WIDTH + 40, countsOf(state).length * SMALL_WIDTH + 32);
    graph.setNode(state.name, {
      width: below ? Math.max(label, below.width + 2 * MAP_EDGE) : label,
      height: below ? below.height + MAP_HEAD + MAP_EDGE : STATE_HEIGHT,
    });
  }
  for (const { name, next } of here) {
    for (const to of new Set(next)) if (names.has(to)) graph.setEdge(name, to);
  }
  layout(graph);

  const edges: readonly Edge[] = graph.edges();
  const arrows = edges.map((edge) => ({ ...edge, points: graph.edge(edge).points as readonly Point[] }));
  // dagre leads some arrows that go back around the outside of what it says the width is.
  const left = Math.min(0, ...arrows.flatMap(({ points }) => points.map(({ x }) => x - MARGIN)));
  const { width = 0, height = 0 } = graph.graph();
  const right = Math.max(width, ...arrows.flatMap(({ points }) => points.map(({ x }) => x + MARGIN)));
  return {
    width: right - left,
    height,
    states: here.map((state) => {
      const { x, y, width, height } = graph.node(state.name);
      const below = inside.get(state.name);
      return { state, x: x - left - width / 2, y: y - height / 2, width, height, ...(below && { inside: below }) };
    }),
    arrows: arrows.map(({ v, w, points }) => ({
      from: v,
      to: w,
      points: points.map(({ x, y }) => ({ x: x - left, y })),
    })),
  };
};

/** What stands below a state's name: its type, how often it was entered, and how often that failed. */
export const countsOf = ({ type, entered, failed }: StateRun): string =>
  [type, ...(entered > 0 ? [count(entered)] : []), ...(failed > 0 ? [`${count(failed)} failed`] : [])].join(" · ");

/** Where the states of a Map begin, from the Map's own corner. */
export const insideOffset = ({ width, inside }: PlacedState): { readonly x: number; readonly y: number } => ({
  x: (width - (inside?.width ?? 0)) / 2,
  y: MAP_HEAD,
});

/** A path of SVG through these points, rounded where it turns. */
export const arrowPath = (points: readonly Point[]): string => {
  const [start, ...rest] = points;
  if (!start) return "";
  const end = rest.at(-1) ?? start;
  const curves = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? end;
    const turn = index === rest.length - 2 ? end : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${round(point.x)} ${round(point.y)} ${round(turn.x)} ${round(turn.y)}`;
  });
  return [
    `M${round(start.x)} ${round(start.y)}`,
    ...(curves.length > 0 ? curves : [`L${round(end.x)} ${round(end.y)}`]),
  ].join(" ");
};

const round = (value: number) => Math.round(value * 10) / 10;
