import { expect, test } from "vitest";
import { machineRun } from "../../../../console/server/story/machine-run.ts";
import type { StateTotals } from "../../../../local/record/execution-record.ts";

const POST = { name: "Post", type: "Task", next: [], isStart: true };

const ran = (more: Partial<StateTotals> = {}) => ({
  states: [{ name: "Post", type: "Task", entered: 2, failed: 1, totalMs: 30, longestMs: 20, ...more }],
});

test("what several executions did in a state is added, and the longest is the longest of all", () => {
  expect(machineRun("posting", [ran(), ran({ entered: 3, failed: 0, longestMs: 25 })], [POST])).toEqual({
    name: "posting",
    executions: 2,
    states: [{ ...POST, entered: 5, failed: 1, totalMs: 60, longestMs: 25 }],
  });
});

test("a state that nothing came to is there, with nothing in it", () => {
  expect(machineRun("posting", [], [POST]).states).toEqual([
    { ...POST, entered: 0, failed: 0, totalMs: 0, longestMs: 0 },
  ]);
});

test("a state that the definition has no more is there, leading nowhere", () => {
  const { states } = machineRun("posting", [ran({ name: "Former" })], [POST]);
  expect(states).toContainEqual(expect.objectContaining({ name: "Former", entered: 2, next: [] }));
});
