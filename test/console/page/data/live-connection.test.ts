import { expect, test } from "vitest";
import { type Connection, followLive } from "../../../../console/page/data/live-connection.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { overview } from "../fixture/overview.ts";

/** A stream that a test opens, breaks and lets speak. */
const stream = () => {
  const clock = manualClock();
  const states: Connection[] = [];
  const rates: number[] = [];
  const opened: { heard: Parameters<Parameters<typeof followLive>[0]["open"]>[0]; closed: boolean }[] = [];
  const end = followLive({
    after: clock.after,
    changed: (state) => void states.push(state),
    events: { overview: ({ deliveriesPerSecond }) => void rates.push(deliveriesPerSecond), message: () => {} },
    open(heard) {
      const one = { heard, closed: false };
      opened.push(one);
      return () => {
        one.closed = true;
      };
    },
  });
  return { clock, states, rates, opened, end };
};

test("what the runtime tells is passed on", () => {
  const { opened, states, rates } = stream();
  opened[0]!.heard.opened();
  opened[0]!.heard.overview(overview({ deliveriesPerSecond: 12 }));
  expect([states, rates]).toEqual([["connecting", "live"], [12]]);
});

test("a stream that breaks is opened again: after a second, after two the next time", async () => {
  const { clock, opened, states } = stream();
  opened[0]!.heard.broken();
  await clock.advance(999);
  expect(opened).toHaveLength(1);
  await clock.advance(1);
  opened[1]!.heard.broken();
  await clock.advance(1_999);
  expect(opened).toHaveLength(2);
  await clock.advance(1);
  opened[2]!.heard.opened();
  expect(states).toEqual(["connecting", "lost", "lost", "live"]);
  expect(opened.map(({ closed }) => closed)).toEqual([true, true, false]);
});

test("a stream that says nothing for 8 s is given up, and one that speaks is not", async () => {
  const { clock, opened, states } = stream();
  opened[0]!.heard.opened();
  await clock.advance(7_999);
  opened[0]!.heard.overview(overview());
  await clock.advance(7_999);
  expect(states.at(-1)).toBe("live");
  await clock.advance(1);
  expect([states.at(-1), opened[0]!.closed]).toEqual(["lost", true]);
});

test("once ended, nothing is opened any more", async () => {
  const { clock, opened, end } = stream();
  opened[0]!.heard.broken();
  end();
  await clock.advance(60_000);
  expect(opened).toHaveLength(1);
});
