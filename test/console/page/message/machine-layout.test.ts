import { expect, test } from "vitest";
import type { StateRun } from "../../../../console/contract.ts";
import {
  arrowPath,
  countsOf,
  type Drawing,
  insideOffset,
  layoutMachine,
  type PlacedState,
} from "../../../../console/page/message/machine-layout.ts";

const state = (name: string, next: string[], parts: Partial<StateRun> = {}): StateRun => ({
  ...{ name, type: "Task", next, isStart: false, entered: 1, failed: 0, totalMs: 1, longestMs: 1 },
  ...parts,
});

const machine = [
  state("Begin", ["Post to each"], { isStart: true }),
  state("Post to each", ["What is left?"], { type: "Map" }),
  state("What is left?", ["Post to each", "Done"], { type: "Choice" }),
  state("Done", []),
  state("Post", ["Not posted"], { parent: "Post to each", isStart: true }),
  state("Not posted", [], { parent: "Post to each" }),
];

const placed = (drawing: Drawing, name: string) => drawing.states.find((one) => one.state.name === name)!;
const overlap = (a: PlacedState, b: PlacedState) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("each state stands once, below the one that leads to it, and none over another", () => {
  const drawing = layoutMachine(machine);
  const tops = ["Begin", "Post to each", "What is left?", "Done"].map((name) => placed(drawing, name).y);
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  for (const one of drawing.states)
    expect(drawing.states.filter((other) => other !== one && overlap(one, other))).toEqual([]);
});

test("the states of a Map are drawn within it", () => {
  const map = placed(layoutMachine(machine), "Post to each");
  const offset = insideOffset(map);
  expect(map.inside!.states.map((inner) => inner.state.name)).toEqual(["Post", "Not posted"]);
  for (const { x, y, width, height } of map.inside!.states) {
    expect(offset.x + x).toBeGreaterThanOrEqual(0);
    expect(offset.x + x + width).toBeLessThanOrEqual(map.width);
    expect(offset.y + y + height).toBeLessThanOrEqual(map.height);
  }
});

test("there is an arrow for each way on, also for those that lead back", () => {
  expect(
    layoutMachine(machine)
      .arrows.map(({ from, to }) => `${from} → ${to}`)
      .sort(),
  ).toEqual([
    "Begin → Post to each",
    "Post to each → What is left?",
    "What is left? → Done",
    "What is left? → Post to each",
  ]);
});

test("a way on to a state that is not there is left out", () => {
  expect(layoutMachine([state("Begin", ["Elsewhere"])]).arrows).toEqual([]);
});

test("an arrow begins and ends at its first and its last point", () => {
  const points = [0, 10, 20, 35].map((at) => ({ x: at, y: 2 * at }));
  expect(arrowPath(points)).toMatch(/^M0 0 Q.* 35 70$/);
  expect(arrowPath(points.slice(0, 2))).toBe("M0 0 L10 20");
});

test("no arrow leaves the drawing, also where one leads back around it", () => {
  const back = ["Report", "Wait", "Keep", "Query"].map((name) => state(name, ["What is left?"]));
  const { width, arrows } = layoutMachine([state("What is left?", ["Report", "Wait", "Keep", "Query"]), ...back]);
  for (const { x } of arrows.flatMap(({ points }) => points)) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
  }
});

test("below a state's name stand its type and its counts, those of failures only where there are any", () => {
  expect([
    countsOf(state("Post", [], { entered: 10_003, failed: 4 })),
    countsOf(state("Post", [])),
    countsOf(state("Post", [], { entered: 0 })),
  ]).toEqual(["Task · 10,003 · 4 failed", "Task · 1", "Task"]);
});
