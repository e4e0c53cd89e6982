import { expect, test } from "vitest";
import { receipts } from "../../functions/receipts.ts";
import { measured } from "../../functions/runtime/metrics.ts";
import { unheard } from "../support/frame.ts";

const receipt = {
  time: "2026-11-23T12:05:12Z",
  detail: {
    id: "01M844QEWP6FNAXH63TWBHB0JJ",
    room: "lobby",
    seq: 7,
    recipients: 6,
    delivered: 3,
    gone: 2,
    failed: 1,
    throttled: 4,
    durationMs: 1_250,
  },
};

/** What is told of a receipt: its lines with their levels, and what they are about. */
const toldOf = async (fields: Partial<typeof receipt.detail> = {}) => {
  const lines: { level: string; text: string; more: unknown }[] = [];
  const about: Record<string, string> = {};
  const write = (level: string) => (text: string, more?: unknown) => void lines.push({ level, text, more });
  await receipts({ metrics: measured("prod") })(
    { ...receipt, detail: { ...receipt.detail, ...fields } },
    {
      ...unheard,
      log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
      message: (id) => void Object.assign(about, { id }),
      annotate: (key, value) => void Object.assign(about, { [key]: value }),
    },
  );
  return { lines, about };
};

test("a receipt is one line, which is its metrics too, at the receipt's own time", async () => {
  const { lines, about } = await toldOf();
  expect(about).toEqual({ id: "01M844QEWP6FNAXH63TWBHB0JJ", room: "lobby" });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.more).toEqual({
    seq: 7,
    Stage: "prod",
    Recipients: 6,
    Delivered: 3,
    Pruned: 2,
    Failed: 1,
    Throttled: 4,
    TimeToLast: 1_250,
    _aws: {
      Timestamp: Date.UTC(2026, 10, 23, 12, 5, 12),
      CloudWatchMetrics: [
        {
          Namespace: "Roomcast",
          Dimensions: [["Stage"]],
          Metrics: [
            { Name: "Recipients", Unit: "Count" },
            { Name: "Delivered", Unit: "Count" },
            { Name: "Pruned", Unit: "Count" },
            { Name: "Failed", Unit: "Count" },
            { Name: "Throttled", Unit: "Count" },
            { Name: "TimeToLast", Unit: "Milliseconds" },
          ],
        },
      ],
    },
  });
});

test.each([
  [0, "info", "Delivered to all."],
  [1, "warn", "Not delivered to all."],
])("with %d that failed the line is at %s: %s", async (failed, level, text) => {
  expect((await toldOf({ failed })).lines).toMatchObject([{ level, text }]);
});
