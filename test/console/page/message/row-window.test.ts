import { expect, test } from "vitest";
import { rowWindow } from "../../../../console/page/message/row-window.ts";

const seen = { height: 340, row: 34 };

test.each([
  ["at the top", 10_000, 0, { first: 0, end: 22 }],
  ["in the middle", 10_000, 170_000, { first: 4_988, end: 5_022 }],
  ["at the end", 10_000, 339_660, { first: 9_978, end: 10_000 }],
  ["in a list shorter than what is seen", 3, 0, { first: 0, end: 3 }],
  ["in a list that has become shorter than the scroll", 3, 50_000, { first: 2, end: 3 }],
  ["in an empty list", 0, 0, { first: 0, end: 0 }],
])("%s, the rows in view are drawn and the others have their height", (_where, count, top, rows) => {
  const window = rowWindow(count, { ...seen, top });
  expect(window).toMatchObject(rows);
  expect(window.before + (window.end - window.first) * seen.row + window.after).toBe(count * seen.row);
});
