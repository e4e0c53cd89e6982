import { readFile, writeFile } from "node:fs/promises";
import { afterAll, expect, inject, test } from "vitest";
import { declaredPermissions } from "./declared.ts";
import { differencesIn, generatedIn, PAGE, rowOf, survivalOf, tablesOf, titleOf, withGenerated } from "./page.ts";
import { unused } from "./reasons.ts";
import { playWithout } from "./taken-away.ts";

/*
 * `npm run security`: takes each permission away in turn and writes docs/security.md. It is run by vitest, like the
 * tests beside it, because it starts the same Roomcast as they do; it takes minutes, so it is no part of `npm test`.
 */
const declared = declaredPermissions(inject("assembly"));
const taken = declared.filter(({ action }) => !Object.hasOwn(unused, action));
const rows = new Map<(typeof taken)[number], string>();

test.concurrent.each(taken)(
  "without $holder's $action on $resource something fails, and the log says why",
  async (permission) => {
    const consequence = await playWithout(permission);
    expect(consequence.refusals).not.toEqual([]);
    for (const { sentence, in: places } of consequence.refusals) {
      expect(sentence).toMatch(/^User: \S+ is not authorized to perform: \S+ on resource: \S+ because/);
      expect(places).not.toEqual([]);
    }
    if (survivalOf(permission)) expect(differencesIn(consequence)).toEqual([]);
    else expect(differencesIn(consequence)).not.toEqual([]);
    rows.set(permission, rowOf(permission, consequence));
  },
);

afterAll(async () => {
  // A run that was cut short, or of some permissions only (`-t`), changes their rows and leaves the others.
  const page = await readFile(PAGE, "utf8");
  const before = generatedIn(page).split("\n");
  const rowsNow = taken.flatMap(
    (each) => rows.get(each) ?? before.find((line) => line.startsWith(titleOf(each))) ?? [],
  );
  await writeFile(PAGE, withGenerated(page, tablesOf(rowsNow, declared)));
});
