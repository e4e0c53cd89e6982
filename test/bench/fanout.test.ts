import { expect, test } from "vitest";
import { fanoutRows } from "../../bench/fanout.ts";
import { STRATEGIES } from "../../bench/model/strategies/all.ts";

test("the same seed gives the same rows, another seed others", async () => {
  const rows = await fanoutRows([60], 7);
  expect(await fanoutRows([60], 7)).toEqual(rows);
  expect(await fanoutRows([60], 8)).not.toEqual(rows);
});

test("there is a row for every strategy and the floor in every size", async () => {
  const rows = await fanoutRows([1, 60], 7);
  const names = [...STRATEGIES.map(({ name }) => name), "floor"];
  expect(rows.map(({ strategy, members }) => [strategy, members])).toEqual(
    [1, 60].flatMap((members) => names.map((name) => [name, members])),
  );
});
