import fc from "fast-check";
import { expect, test } from "vitest";
import { compileExpression } from "../../../../local/stepfunctions/asl/expression.ts";
import { asPayload } from "../../../../local/stepfunctions/asl/payload.ts";

const bothWays = async (source: string, bindings: Record<string, unknown>) => {
  const { plain, evaluate } = compileExpression(source);
  const lookup = (name: string) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined);
  return { plain: plain?.(lookup), jsonata: await evaluate(bindings).then(asPayload, () => "an error") };
};

const name = fc.constantFrom("a", "b", "c", "length", "__proto__", "_jsonata_lambda");
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, false, 0, 1.5, "", "text"),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const path = fc
  .tuple(fc.constantFrom("$x", "$y", "$states"), fc.array(fc.constantFrom("a", "b", "c", "length"), { maxLength: 2 }))
  .map(([variable, names]) => [variable, ...names].join("."));
const object = fc
  .uniqueArray(fc.tuple(fc.constantFrom("a", "b"), path), { selector: ([key]) => key, maxLength: 2 })
  .map((entries) => `{${entries.map(([key, item]) => `'${key}': ${item}`).join(", ")}}`);
const merge = fc.array(fc.oneof(path, object), { maxLength: 3 }).map((parts) => `$merge([${parts.join(", ")}])`);

test("whatever has a plain value has the same by JSONata", async () => {
  const bindings = fc.record({ x: value, y: value, states: fc.dictionary(fc.constantFrom("a", "b"), value) });
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(path, object, merge), bindings, async (source, bound) => {
      const { plain, jsonata } = await bothWays(source, bound);
      if (plain === undefined) return;
      compared++;
      expect(plain).toEqual(jsonata);
      expect(JSON.stringify(plain)).toBe(JSON.stringify(jsonata));
    }),
    { numRuns: 3_000 },
  );
  expect(compared).toBeGreaterThan(500);
});

test.each([
  "$states.input",
  "$states.input.frame.id",
  "$frame",
  "{'type': 'message', 'frame': $frame}",
  "$merge([$states.input, {'frame': $frame}])",
])("%s takes no JSONata", async (source) => {
  const frame = { id: "1" };
  const { plain, jsonata } = await bothWays(source, { frame, states: { input: { frame } } });
  expect(plain).toBeDefined();
  expect(plain).toEqual(jsonata);
});

test.each([
  ["a filter", "$x[0]", [1, 2]],
  ["what keeps its array", "$x.a[]", { a: [1] }],
  ["a path through an array", "$x.a", [{ a: 1 }, { a: 2 }]],
  ["a path to nowhere", "$x.b", { a: 1 }],
  ["a function's own name", "$merge([$x])", 3],
  ["a name that objects inherit", "$x.constructor", {}],
  ["an object without one of its values", "{'a': $x.b, 'c': $x.a}", { a: 1 }],
])("%s is left to JSONata", async (_what, source, x) => {
  expect((await bothWays(source, { x })).plain).toBeUndefined();
});

test("a variable may take a function's name", async () => {
  const merge = (parts: object[]) => parts.length;
  expect(await bothWays("$merge([$x])", { x: { a: 1 }, merge })).toEqual({ plain: undefined, jsonata: 1 });
});
