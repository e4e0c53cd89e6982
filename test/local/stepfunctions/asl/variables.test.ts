import { expect, test } from "vitest";
import type { JsonObject } from "../../../../local/json.ts";
import { execute } from "../execute.ts";
import { flow, machine, pass } from "../machine.ts";

const output = async (states: Record<string, JsonObject>, input = {}) => {
  const { outcome } = await execute(machine(states), input);
  if (outcome.status !== "SUCCEEDED") throw new Error(`${outcome.status}: ${outcome.error}: ${outcome.cause}`);
  return outcome.output;
};

test("Assign and Output see the variables as they were when the state was entered", async () => {
  const states = {
    Begin: pass({ Assign: { a: 1, b: 2 } }),
    Swap: pass({ Assign: { a: "{% $b %}", b: "{% $a %}" }, Output: ["{% $a %}", "{% $b %}"] }),
    End: pass({ Output: { before: "{% $states.input %}", after: ["{% $a %}", "{% $b %}"] } }),
  };
  expect(await output(states)).toEqual({ before: [1, 2], after: [2, 1] });
});

test("an iteration reads the variables around it and keeps its own to itself", async () => {
  const ItemProcessor = flow({
    Own: pass({ Assign: { own: "{% $outer + $states.input %}" } }),
    Read: pass({ Output: "{% $own %}" }),
  });
  const states = {
    Begin: pass({ Assign: { outer: 10 } }),
    Each: { Type: "Map", Items: [1, 2], ItemProcessor },
    After: pass({ Output: { each: "{% $states.input %}", own: "{% $exists($own) %}" } }),
  };
  expect(await output(states)).toEqual({ each: [11, 12], own: false });
});

test("arrays of one item stay arrays from state to state", async () => {
  const states = {
    Filter: pass({
      Assign: { one: "{% [$states.input.n[$ = 2]] %}" },
      Output: { list: "{% $states.input.n[$ = 2][] %}" },
    }),
    Read: pass({ Output: ["{% $states.input.list %}", "{% $one %}", "{% $append($one, 3) %}"] }),
  };
  expect(await output(states, { n: [1, 2] })).toEqual([[2], [2], [2, 3]]);
});

test.each([
  ["$partition([1,2,3], 2)", [[1, 2], [3]]],
  ["$range(5, 1, -2)", [5, 3, 1]],
  ["$hash('a', 'SHA-256')", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"],
  ["$random(7) = $random(7)", true],
  ["$random()", 0.5],
  ["$parse('{\"a\":[1]}').a", [1]],
  ["$uuid()", "6f2b6f5e-4f0c-4c76-9a3f-1c0a7d3f1a55"],
  ["$millis()", Date.UTC(2026, 0, 1)],
  ["$now('[Y]-[M01]')", "2026-01"],
  ["$now()", "2026-01-01T00:00:00.000Z"],
])("%s", async (expression, value) => {
  expect(await output({ Evaluate: pass({ Output: `{% ${expression} %}` }) })).toEqual(value);
});

test.each([
  ["$range(0, 1000, 1)", "$range makes at most 1000 numbers, not 1001"],
  ["$range(0, 1, 0)", "The third argument of $range must not be zero"],
  ["$partition([1], 0)", "The second argument of $partition must be a positive integer"],
  ["$hash('a', 'CRC')", "$hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512, not CRC"],
  ["$parse('{')", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
  ["1 + 'a'", 'T2002: The right side of the "+" operator must evaluate to a number'],
])("%s fails its state", async (expression, reason) => {
  const { outcome } = await execute(machine({ Evaluate: pass({ Output: `{% ${expression} %}` }) }), {});
  expect(outcome).toEqual({
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause:
      "An error occurred while executing the state 'Evaluate' (entered at the event id #2). The JSONata expression " +
      `'${expression}' specified for the field 'Output' threw an error during evaluation. ${reason}`,
  });
});
