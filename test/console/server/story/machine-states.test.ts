import { expect, test } from "vitest";
import { machineStates } from "../../../../console/server/story/machine-states.ts";

const states = machineStates(
  JSON.stringify({
    StartAt: "Query",
    States: {
      Query: { Type: "Task", Next: "Each", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Keep" }] },
      Each: {
        Type: "Map",
        ItemProcessor: { StartAt: "Post", States: { Post: { Type: "Task", End: true } } },
        Next: "More?",
      },
      "More?": { Type: "Choice", Choices: [{ Next: "Query" }, { Next: "Keep" }, { Next: "Query" }], Default: "Done" },
      Keep: { Type: "Task", End: true },
      Done: { Type: "Succeed" },
    },
  }),
);

test("a state leads where its Next, its choices and its catchers lead, each named once", () => {
  expect(Object.fromEntries(states.map(({ name, next }) => [name, next]))).toEqual({
    Query: ["Each", "Keep"],
    Each: ["More?"],
    Post: [],
    "More?": ["Query", "Keep", "Done"],
    Keep: [],
    Done: [],
  });
});

test("the states inside of a Map have it as their parent, and each flow has its own start", () => {
  expect(states.filter(({ isStart }) => isStart)).toEqual([
    { name: "Query", type: "Task", next: ["Each", "Keep"], isStart: true },
    { name: "Post", type: "Task", parent: "Each", next: [], isStart: true },
  ]);
});
