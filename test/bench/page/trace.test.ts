import { expect, test } from "vitest";
import { keyPresses, type TraceEvent, tasksIn } from "../../../bench/page/trace.ts";

const main = { pid: 1, tid: 7 };
const event = (name: string, more: Partial<TraceEvent>): TraceEvent => ({ name, ph: "X", ...main, ...more });
const mainThread = event("thread_name", { ph: "M", args: { name: "CrRendererMain" } });

test("a key press is told once, by what the browser took from the key to the next paint", () => {
  const data = (type: string) => ({ data: { type, duration: 11.3 } });
  const events = [
    event("EventTiming", { ph: "b", args: data("keydown") }),
    event("EventTiming", { ph: "e" }),
    event("EventTiming", { ph: "b", args: data("keyup") }),
  ];
  expect(keyPresses(events)).toEqual([11.3]);
});

test("of the page's main thread the longest task is told, and the one that took most of a processor", () => {
  const events = [
    mainThread,
    event("RunTask", { dur: 270_000, tdur: 2_000 }),
    event("RunTask", { dur: 12_000, tdur: 11_000 }),
    event("RunTask", { dur: 900_000, tdur: 900_000, tid: 8 }),
    event("Paint", { dur: 900_000, tdur: 900_000 }),
  ];
  expect(tasksIn(events)).toEqual({ longestMs: 270, ofThatCpuMs: 2, mostCpuMs: 11 });
});
