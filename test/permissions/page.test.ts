import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { declaredPermissions } from "./declared.ts";
import { generatedIn, PAGE, rowOf, tablesOf, titleOf } from "./page.ts";
import { unused } from "./reasons.ts";
import { playWithout } from "./taken-away.ts";

const declared = declaredPermissions(inject("assembly"));
const generated = generatedIn(readFileSync(PAGE, "utf8"));

test("docs/security.md has a row for every permission of the template, and no other (else: npm run security)", () => {
  const taken = declared.filter(({ action }) => !Object.hasOwn(unused, action));
  const rows = taken.map((each) => generated.split("\n").find((line) => line.startsWith(titleOf(each))));
  expect(taken.filter((_, i) => rows[i] === undefined).map(titleOf)).toEqual([]);
  expect(generated).toBe(tablesOf(rows as string[], declared));
});

test.each([
  ["publish", "events:PutEvents"],
  ["apigateway.amazonaws.com", "lambda:InvokeFunction"],
])(
  "without %s's %s the same happens as docs/security.md says (else: npm run security)",
  async (holder, action) => {
    const permission = declared.find((each) => each.holder === holder && each.action === action)!;
    expect(generated).toContain(rowOf(permission, await playWithout(permission)));
  },
  120_000,
);
