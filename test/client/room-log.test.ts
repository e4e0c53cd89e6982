import { array, assert, constantFrom, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import type { AnswerOf } from "../../client/frames.ts";
import type { Message } from "../../client/messages.ts";
import { createRoomLog, type RoomLog, WINDOW } from "../../client/room-log.ts";

const message = (seq: number): Message => ({
  room: "lobby",
  id: `01-${seq}`,
  seq,
  from: { id: "guest-bob", name: "bob" },
  data: seq,
  received: 0,
  mine: false,
});

/** A page of history with these messages, answered to whoever is at the log's position. */
const page = (log: RoomLog, seqs: readonly number[], more: Partial<AnswerOf<"history">> = {}) => {
  const messages = seqs.map(message);
  const { epoch } = log.position!;
  const answer = { type: "history" as const, room: "lobby", epoch, messages, skipped: [], head: 0, recovered: true };
  log.page(log.position!, { ...answer, ...more }, messages);
};

/** All that comes next: numbers, and what is told in their place. */
const given = (log: RoomLog) => {
  const all: unknown[] = [];
  for (let next = log.next(); next; next = log.next())
    all.push(next.message ? next.message.seq : [next.missed.reason, next.missed.from, next.missed.to]);
  return all;
};

const at = (seq: number) => createRoomLog("lobby", { epoch: "e1", seq });

test("messages are given from the position on, each once, in order", () => {
  const log = at(3);
  for (const seq of [5, 3, 4, 4, 1, 7]) log.take(message(seq));
  expect(given(log)).toEqual([4, 5]);
  expect([log.position, log.behind]).toEqual([{ epoch: "e1", seq: 5 }, true]);
});

test("the position is that of the message just given, so that it can be kept", () => {
  const log = at(0);
  for (const seq of [1, 2, 3]) log.take(message(seq));
  log.next();
  expect(log.position).toEqual({ epoch: "e1", seq: 1 });
});

test("what comes before the head is known waits for it", () => {
  const log = createRoomLog("lobby");
  for (const seq of [8, 7, 6]) log.take(message(seq));
  expect(given(log)).toEqual([]);
  log.headIs({ epoch: "e1", seq: 6 });
  expect(given(log)).toEqual([7, 8]);
});

test("a number that history skips is passed, another is not", () => {
  const log = at(0);
  log.take(message(4));
  page(log, [2], { skipped: [1], head: 4 });
  expect(given(log)).toEqual([2]);
  expect(log.behind).toBe(true);
});

test("what lies too far ahead is not kept but known of", () => {
  const log = at(0);
  log.take(message(WINDOW + 1));
  log.take(message(WINDOW));
  page(
    log,
    Array.from({ length: WINDOW - 1 }, (_, index) => index + 1),
  );
  expect(given(log)).toHaveLength(WINDOW);
  expect([log.position?.seq, log.behind]).toEqual([WINDOW, true]);
});

test("one's own message is kept however far ahead: nobody sends it again", () => {
  const log = at(0);
  log.takeOwn({ ...message(WINDOW + 1), mine: true });
  page(
    log,
    Array.from({ length: WINDOW }, (_, index) => index + 1),
  );
  expect(given(log)).toHaveLength(WINDOW + 1);
});

test("of what the retention has taken, exactly that is told which has not come either", () => {
  const log = at(2);
  log.take(message(5));
  page(log, [9, 10], { recovered: false, head: 10 });
  expect(given(log)).toEqual([["retention", 3, 4], 5, ["retention", 6, 8], 9, 10]);
});

test("when everything is gone, it goes on behind the head", () => {
  const log = at(2);
  page(log, [], { recovered: false, head: 10 });
  expect(given(log)).toEqual([["retention", 3, 10]]);
  expect(log.behind).toBe(false);
});

test.each([
  ["the head", (log: RoomLog) => log.headIs({ epoch: "e2", seq: 4 })],
  ["history", (log: RoomLog) => page(log, [], { epoch: "e2", head: 4, recovered: false })],
])("a room that began anew, as %s says, goes on from its new head", (_who, says) => {
  const log = at(100);
  log.take(message(103));
  says(log);
  log.take(message(5));
  expect(given(log)).toEqual([["epoch", 1, 4], 5]);
  expect(log.position).toEqual({ epoch: "e2", seq: 5 });
});

test("a page that was asked for before the room began anew takes nothing away", () => {
  const log = at(100);
  const asked = log.position!;
  log.headIs({ epoch: "e2", seq: 4 });
  log.page(
    asked,
    { type: "history", room: "lobby", epoch: "e2", messages: [], skipped: [], head: 9, recovered: false },
    [],
  );
  expect(given(log)).toEqual([["epoch", 1, 4]]);
  expect(log.behind).toBe(true);
});

test("however messages come, repeated, out of order or not at all, with history all are given once and in order", () => {
  const step = tuple(
    constantFrom("deliver", "history", "head"),
    constantFrom(...Array.from({ length: 30 }, (_, n) => n)),
  );
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const log = at(0);
      const all: unknown[] = [];
      for (const [what, seq] of steps) {
        if (what === "deliver") log.take(message(seq + 1));
        if (what === "head") log.headIs({ epoch: "e1", seq });
        const from = log.position!.seq + 1;
        if (what === "history")
          page(log, from <= seq ? Array.from({ length: seq - from + 1 }, (_, n) => from + n) : []);
        all.push(...given(log));
        expect(all).toEqual(all.map((_, index) => index + 1));
      }
      while (log.behind) {
        page(log, [log.position!.seq + 1]);
        all.push(...given(log));
      }
      const highest = Math.max(0, ...steps.filter(([what]) => what === "deliver").map(([, seq]) => seq + 1));
      expect(all.length).toBeGreaterThanOrEqual(highest);
      expect(all).toEqual(all.map((_, index) => index + 1));
    }),
  );
});
