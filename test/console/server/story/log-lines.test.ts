import { expect, test } from "vitest";
import { logLines } from "../../../../console/server/story/log-lines.ts";

/** A line of the group of `publish`. */
const line = (at: number, body: string, source = "Roomcast-dev-functionspublishlogs0A1B2C3D") =>
  ({ id: at, at, kind: "log", source, body }) as const;
const of = (...entries: ReturnType<typeof line>[]) => logLines(entries, "Roomcast-dev");

test("a line says who wrote it, at which level, and its other fields beside its message", () => {
  const body = JSON.stringify({ level: "WARN", message: "Refused.", service: "publish", code: "RATE_LIMITED" });
  expect(of(line(1, body))).toEqual([
    { at: 1, level: "warn", from: "lambda/publish", message: "Refused.", details: { code: "RATE_LIMITED" } },
  ]);
});

test.each([
  ["lambda/publishrequested", "Roomcast-dev-functionspublishrequestedlogs0A1B2C3D"],
  ["states/room-fanout", "/aws/vendedlogs/states/Roomcast-dev-room-fanout"],
  ["access", "Roomcast/access"],
])("the writer is %s", (from, source) => {
  expect(of(line(1, "text", source))).toMatchObject([{ from }]);
});

test("of many lines there are the newest thousand, the oldest of them first", () => {
  const lines = of(...Array.from({ length: 1200 }, (_, index) => line(1200 - index, "text")));
  expect([lines.length, lines[0]?.at, lines.at(-1)?.at]).toEqual([1000, 201, 1200]);
});
