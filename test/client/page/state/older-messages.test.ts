import { expect, test } from "vitest";
import type { PastMessage, Room } from "../../../../client/index.ts";
import { RoomcastError } from "../../../../client/index.ts";
import { createOlderMessages, type Older } from "../../../../client/page/state/older-messages.ts";

const said = (seq: number): PastMessage => ({
  id: `id-${seq}`,
  seq,
  from: { id: "guest-bob", name: "bob" },
  data: `message ${seq}`,
  received: seq,
});

/** A room with `head` messages, some of which were erased or are no longer kept, that gives `most` of them at a time. */
const room = ({ head = 0, most = 100, erased = (_seq: number) => false, keptFrom = 1, refusal = "" }) => {
  const numbers: number[] = [];
  const states: Older[] = [];
  const history: Room["history"] = async ({ after, limit = 100 }) => {
    if (refusal) throw new RoomcastError(refusal, "because");
    const from = Math.max(after + 1, keptFrom);
    const page = Array.from({ length: Math.min(limit, most, head - from + 1) }, (_, index) => from + index);
    return {
      epoch: "e1",
      messages: page.filter((seq) => !erased(seq)).map(said),
      skipped: page.filter(erased),
      head,
      recovered: after + 1 >= keptFrom,
    };
  };
  const older = createOlderMessages({
    history,
    joinedAt: { epoch: "e1", seq: head },
    take: (messages) => numbers.unshift(...messages.map(({ seq }) => seq)),
    changed: (state) => states.push(state),
  });
  return { ...older, numbers, states };
};
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("it goes page by page to the beginning, each message once", async () => {
  const { load, numbers, states } = room({ head: 120 });
  await load();
  expect(numbers).toEqual(range(71, 120));
  await load();
  await load();
  expect(numbers).toEqual(range(1, 120));
  expect(states.at(-1)).toBe("beginning");
});

test("pages that end early are asked for to their end", async () => {
  const { load, numbers } = room({ head: 60, most: 7 });
  await load();
  expect(numbers).toEqual(range(11, 60));
});

test("a page of erased messages only is passed over", async () => {
  const { load, numbers } = room({ head: 200, erased: (seq) => seq > 60 });
  await load();
  expect(numbers).toEqual(range(51, 60));
});

test("what is no longer kept is said to be gone, once", async () => {
  const { load, numbers, states } = room({ head: 60, keptFrom: 41 });
  await load();
  await load();
  expect(numbers).toEqual(range(41, 60));
  expect(states).toEqual(["idle", "loading", "gone"]);
});

test("who may not read is told so", async () => {
  const { load, states } = room({ head: 60, refusal: "FORBIDDEN" });
  await load();
  expect(states.at(-1)).toBe("forbidden");
});

test("a room without messages begins here, and nothing is asked", async () => {
  const { load, states } = room({ refusal: "it would be refused" });
  await load();
  expect(states).toEqual(["beginning"]);
});

test("two that load at once are one", async () => {
  const { load, numbers } = room({ head: 120 });
  await Promise.all([load(), load()]);
  expect(numbers).toEqual(range(71, 120));
});

test("what is no longer shown is fetched again", async () => {
  const { load, numbers, forgotten } = room({ head: 60 });
  await load();
  forgotten(61);
  numbers.length = 0;
  await load();
  expect(numbers).toEqual(range(11, 60));
});
