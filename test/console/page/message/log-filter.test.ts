import { expect, test } from "vitest";
import type { LogLine } from "../../../../console/contract.ts";
import { detailText, linesOf } from "../../../../console/page/message/log-filter.ts";
import { THEN } from "../fixture/messages.ts";

const line = (level: LogLine["level"], message: string, details?: LogLine["details"]): LogLine => ({
  ...{ at: THEN, level, from: "lambda/post", message },
  ...(details && { details }),
});

const lines = [
  line("debug", "Delivered."),
  line("info", "Posted."),
  line("warn", "Pruned.", { connectionId: "Xy=" }),
  line("error", "Failed."),
];

test.each([
  ["debug", "", [0, 1, 2, 3]],
  ["warn", "", [2, 3]],
  ["debug", "POSTED", [1]],
  ["debug", "xy=", [2]],
  ["debug", "lambda/post", [0, 1, 2, 3]],
  ["error", "pruned", []],
] as const)("lines from %s on with %o", (least, text, found) => {
  expect(linesOf(lines, { least, text })).toEqual(found.map((index) => lines[index]));
});

test("details are text as it is, and anything else as JSON", () => {
  expect([detailText("a b"), detailText(5), detailText({ a: 1 }), detailText(undefined)]).toEqual([
    ...["a b", "5", `{\n  "a": 1\n}`, ""],
  ]);
});
