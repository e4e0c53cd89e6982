import { expect, test } from "vitest";
import { entryOf, isBug } from "../../bench/fuzz/bugs.ts";
import { createDraw } from "../../bench/fuzz/draw.ts";
import { hostileFrame } from "../../bench/fuzz/frames.ts";
import { fuzzReport } from "../../bench/fuzz/report.ts";
import type { Fuzzed } from "../../bench/fuzz/rounds.ts";

const asked = { count: 100, seed: 1, growth: 5 };

/** A run in which all is well, but for this. */
const run = (more: Partial<Fuzzed> = {}): Fuzzed => ({
  rounds: [{ sent: 60, outcomes: { "smuggling: 400": 60 }, faults: [], faultCount: 0 }],
  memory: [80, 100, 101, 99, 102, 100].map((megabytes) => ({ heapBytes: megabytes * 1e6, residentBytes: 1e9 })),
  served: { clients: 6, messages: 3, tripMs: [10, 20, 30], failures: [] },
  alive: true,
  errors: [],
  seconds: 60,
  ...more,
});

test("a piece is drawn by its seed and number alone", () => {
  const frames = (seed: number) => Array.from({ length: 50 }, (_, piece) => hostileFrame(createDraw(seed, piece)));
  expect(frames(7)).toEqual(frames(7));
  expect(hostileFrame(createDraw(7, 31))).toBe(frames(7)[31]);
  expect(frames(8)).not.toEqual(frames(7));
});

test("no text frame is over 32 KB, the size that ends a connection", () => {
  const sizes = Array.from({ length: 500 }, (_, piece) => Buffer.byteLength(hostileFrame(createDraw(1, piece))));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(32_768);
  expect(Math.max(...sizes)).toBeGreaterThan(20_000);
});

test("where all is well nothing fails, and outcomes are added up over the rounds", () => {
  const round = { sent: 1_000, outcomes: { "smuggling: 400": 40, "a frame: sent": 2 }, faults: [], faultCount: 0 };
  const { figures, failures } = fuzzReport(asked, run({ rounds: [...run().rounds, round] }));
  expect(figures.outcomes).toEqual({ "smuggling: 400": 100, "a frame: sent": 2 });
  expect(figures.sent).toBe(1_060);
  expect(failures).toEqual([]);
});

const heaps = (...megabytes: number[]) => megabytes.map((each) => ({ heapBytes: each * 1e6, residentBytes: 1e9 }));

test.each<[string, Partial<Fuzzed>, string]>([
  ["the runtime crashes", { alive: false }, "the runtime has ended"],
  [
    "a piece has no answer",
    { rounds: [{ sent: 1, outcomes: {}, faults: ["piece 3"], faultCount: 1 }] },
    "1 pieces led to an error inside, or to no answer",
  ],
  ["the log tells of a bug", { errors: ["TypeError"] }, "the runtime logged 1 bugs"],
  [
    "an honest client is not served",
    { served: { clients: 6, messages: 1, tripMs: [9], failures: ["ann 7: not served within 30 s"] } },
    "an honest client: ann 7: not served within 30 s",
  ],
  [
    "no honest client is",
    { served: { clients: 6, messages: 0, tripMs: [], failures: [] } },
    "the honest clients were not served",
  ],
  [
    "memory grows",
    { memory: heaps(80, 90, 95, 100, 100, 100, 106, 106, 106) },
    "memory grows by 6.0 % in the second half, over 5",
  ],
])("where %s it fails", (_what, wrong, failure) => {
  expect(fuzzReport(asked, run(wrong)).failures).toEqual([failure]);
});

test("memory that grew in the first half only is flat", () => {
  expect(fuzzReport(asked, run({ memory: heaps(50, 80, 100, 101, 100, 100, 101) })).failures).toEqual([]);
});

test.each([
  ["a stack of our own", "http", { stack: "TypeError: …" }, true],
  ["JavaScript's error in a function", "lambda/join", { errorType: "RangeError" }, true],
  ["JavaScript's error that a function caught", "lambda/join", { error: { name: "TypeError" } }, true],
  ["a function that took too long", "lambda/join", { errorType: "Sandbox.Timedout" }, false],
  ["a post that was refused", "lambda/post", { errorType: "PostThrottled", stack: "…" }, false],
  ["a route whose function failed", "websocket", { errorType: "Sandbox.Timedout" }, false],
])("%s in the log: is it a bug?", (_what, from, details, bug) => {
  const line = JSON.stringify({ level: "error", from, message: "It failed.", details });
  expect(isBug(entryOf(line)!)).toBe(bug);
});
