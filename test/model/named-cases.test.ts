import { expect, test } from "vitest";
import { tell } from "./run.ts";
import type { Command } from "./stories.ts";
import { scripted } from "./weather.ts";

const room = "lobby";
const publishTwice = (apart: number): Command => ({
  does: "publish twice",
  after: 2_000,
  room,
  ref: 0,
  data: 0,
  apart,
});
const publish = (who: "ann" | "bob", after: number): Command => ({ does: "publish", after, who, room, times: 1 });
const readHistory = (after: number): Command => ({ does: "read history", after, room, from: 0, limit: 10 });

/** The guest whose sockets publish twice, and the ref. */
const REF = "guest-raw\0lobby 0";

/** Lets it happen, in weather that is written down. */
const happens = async (script: Parameters<typeof scripted>[0], names: readonly string[], ...commands: Command[]) => {
  const { told, given, ...outcome } = await tell({ names, rates: {}, commands }, scripted(script));
  return {
    ...outcome,
    acked: told.flatMap(({ answer }) => (answer.type === "ack" ? [answer.seq] : [])),
    skipped: told.flatMap(({ answer }) => (answer.type === "history" ? answer.skipped : [])),
    given: (name: string) => given(name).map(({ seq }) => seq),
    own: (name: string) => given(name).flatMap(({ seq, mine }) => (mine ? [seq] : [])),
  };
};

test("two copies of a publish whose number a reader seals before either is saved agree on another", async () => {
  const slow = { "slow raw publish.save": [1, 2] };
  const { wrong, skipped, acked } = await happens(slow, [], publishTwice(0), readHistory(500));
  expect([wrong, skipped, acked]).toEqual([[], [1, 2], [3, 3]]);
});

test("a copy that reads the claim as it was before its number was sealed finds the message's new number", async () => {
  const script = { "slow raw publish.save": [1], [`stale ${REF}`]: [1] };
  const { wrong, skipped, acked } = await happens(script, [], publishTwice(4_000), readHistory(500));
  expect([wrong, skipped, acked]).toEqual([[], [1], [2, 2]]);
});

test("a copy that overlooks the claim takes a number in vain, and is the same message", async () => {
  const { wrong, acked } = await happens({ [`stale ${REF}`]: [1] }, [], publishTwice(500));
  expect([wrong, acked]).toEqual([[], [1, 1]]);
});

test("a publisher that crashes with its number claimed and sealed is followed by one that takes the next", async () => {
  const crash = { "crashAfter raw publish.claim": [1] };
  const { wrong, skipped, acked } = await happens(crash, [], publishTwice(2_000), readHistory(500));
  expect([wrong, skipped, acked]).toEqual([[], [1], [2]]);
});

test.each([
  ["at once: nobody can know whether it still runs, so members find the message at their next ping", 1_000],
  ["when it must have ended: the message is announced then", 15_000],
])("a publisher that crashes with its message saved is followed by another %s", async (_when, apart) => {
  const crash = { "crashAfter raw publish.save": [1] };
  const { wrong, acked, given } = await happens(crash, ["ann"], publishTwice(apart));
  expect([wrong, acked, given("ann")]).toEqual([[], [1], [1]]);
});

test.each(["throttled raw publish.save", "unanswered raw publish.save", "throttled raw publish.announce"] as const)(
  "a publisher that fails (%s) is followed at once by one that announces the message",
  async (fault) => {
    const { wrong, late, acked, given } = await happens({ [fault]: [1] }, ["ann"], publishTwice(300));
    expect([wrong, late, acked, given("ann")]).toEqual([[], [], [1], [expect.any(Number)]]);
  },
);

test.each([
  ["whose membership is written late begins behind it", { "slow ann join.addMember": [1] }, []],
  ["whose membership is answered late begins behind it", { "slow ann join.addMember": [2] }, []],
  ["to whom the head is told late has it by then", { "slow ann join.readHead": [2] }, [1]],
])("of a message that is published meanwhile, somebody %s", async (_who, slow, given) => {
  const outcome = await happens(slow, ["ann", "bob"], publish("bob", 500));
  expect([outcome.wrong, outcome.given("ann")]).toEqual([[], given]);
  if (given.length === 0) expect(outcome.late).toEqual([]);
});

test("a post that was answered 410 although it was delivered costs a member nothing but a moment", async () => {
  const outcome = await happens({ "postGone ann": [1] }, ["ann", "bob"], publish("bob", 6_000), publish("bob", 1_000));
  expect([outcome.wrong, outcome.given("ann")]).toEqual([[], [1, 2]]);
});

test("a laptop that slept while its connection died gives its application what it has missed", async () => {
  const outcome = await happens(
    {},
    ["ann", "bob"],
    { does: "sleep", after: 6_000, who: "ann" },
    { does: "kill", after: 1_000, who: "ann", dead: "both" },
    ...Array.from({ length: 5 }, () => publish("bob", 1_000)),
    { does: "wake", after: 3_600_000, who: "ann" },
  );
  expect([outcome.wrong, outcome.given("ann")]).toEqual([[], [1, 2, 3, 4, 5]]);
});

test("whose frames vanish connects anew, also where it hears others all the time", async () => {
  const talk = Array.from({ length: 60 }, () => publish("bob", 2_000));
  const outcome = await happens(
    {},
    ["ann", "bob"],
    { does: "kill", after: 6_000, who: "ann", dead: "up" },
    publish("ann", 0),
    ...talk,
  );
  expect(outcome.wrong).toEqual([]);
  expect(outcome.own("ann")[0]).toBeLessThan(20);
});

test("a ping that falls due while another is under way is put off, not left out", async () => {
  const slow = [1, 2];
  const script = {
    "slow ann join.addMember": slow,
    "slow ann join.roomsOf": slow,
    "slow ann ping.roomsOf": slow,
    "slow ann ping.readHead": slow,
    "postLost ann": [1],
  };
  const outcome = await happens(script, ["ann", "bob"], publish("bob", 25_000));
  expect([outcome.wrong, outcome.given("ann")]).toEqual([[], [1]]);
});
