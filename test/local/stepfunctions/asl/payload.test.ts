import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../../local/json.ts";
import { payloadBytes } from "../../../../local/stepfunctions/asl/payload.ts";
import { execute } from "../execute.ts";
import { flow, machine, pass, returned, work } from "../machine.ts";

const limit = 256 * 1024;
/** JSON text of `bytes` bytes. */
const sized = (bytes: number) => "x".repeat(bytes - 2);

const outcomeOf = async (states: Record<string, JsonObject>, input: Json = {}, answer: Json = null) =>
  (await execute(machine(states), input, { invoke: async () => returned(answer) })).outcome;

test("256 KiB fit", async () => {
  expect(await outcomeOf({ Grow: pass({ Output: "{% $states.input & 'x' %}" }) }, sized(limit - 1))).toMatchObject({
    status: "SUCCEEDED",
  });
});

const grow = "{% $states.input & 'xx' %}";
test.each<[string, Record<string, JsonObject>]>([
  ["a state's output", { Grow: pass({ Output: grow }) }],
  ["variables", { Grow: pass({ Assign: { a: grow }, Output: 1 }) }],
  ["a task's arguments", { Grow: work({ Arguments: { FunctionName: "worker", Payload: grow }, Output: 1 }) }],
  [
    "an iteration's input",
    { Grow: { Type: "Map", Items: [1], ItemSelector: grow, ItemProcessor: flow({ Small: pass({ Output: 1 }) }) } },
  ],
  [
    "a Map's result, small as its output may be",
    {
      Grow: {
        Type: "Map",
        Items: [1, 2],
        ItemProcessor: flow({ Echo: pass({ Output: "{% $pad('', 200000, 'x') %}" }) }),
        Output: 1,
      },
    },
  ],
])("%s of more than that ends the execution", async (_what, states) => {
  expect(await outcomeOf(states, sized(limit - 1))).toMatchObject({
    status: "FAILED",
    error: "States.DataLimitExceeded",
  });
});

test("a task's result counts whole, as the service answered it, and no wildcard catches that", async () => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Unreached" }];
  const states = { Work: work({ Output: 1, Catch, End: true }), Unreached: pass() };
  const cause =
    "The state/task 'arn:aws:states:::lambda:invoke' returned a result with a size exceeding the maximum number of bytes service limit.";
  expect(await outcomeOf(states, {}, sized(limit))).toEqual({
    status: "FAILED",
    error: "States.DataLimitExceeded",
    cause,
  });
});

test("bytes of UTF-8 count, not characters", async () => {
  expect(
    await outcomeOf({ Grow: pass({ Output: "{% $states.input & 'x' %}" }) }, "é".repeat(limit / 2 - 1)),
  ).toMatchObject({ status: "FAILED" });
});

test("a payload has as many bytes as its JSON text", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }), (value) => {
      expect(payloadBytes(value as Json)).toBe(Buffer.byteLength(JSON.stringify(value)));
    }),
    { numRuns: 1_000 },
  );
});
