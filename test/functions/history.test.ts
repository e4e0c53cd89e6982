import { expect, test } from "vitest";
import type { Rights } from "../../functions/contracts/identity.ts";
import { history } from "../../functions/history.ts";
import type { PastMessage } from "../../functions/protocol/answers.ts";
import type { Numbered } from "../../functions/protocol/history-page.ts";
import { frame } from "../support/frame.ts";

const message = (seq: number, data: unknown = "x"): PastMessage => ({
  id: `id-${seq}`,
  seq,
  from: { id: "guest-ann", name: "Ann" },
  data,
  received: 1_700_000_000_000,
});

/** ULIDs of a moment that has expired, and of one that has not. */
const LONG_AGO = "01000000000000000000000000";
const NOT_LONG_AGO = "01H00000000000000000000000";

/** A room: the numbers that messages have, those that are sealed, and the head. Ann is in it. */
const lobby = ({
  messages = [] as PastMessage[],
  sealed = [] as number[],
  head = Math.max(0, ...messages.map(({ seq }) => seq)),
  epoch = NOT_LONG_AGO,
  /** Is saved while the reader waits. */
  late = undefined as PastMessage | undefined,
} = {}) => {
  const rows = new Map<number, Numbered>(messages.map((each) => [each.seq, { seq: each.seq, message: each }]));
  for (const seq of sealed) rows.set(seq, { seq });
  const sealedNow: number[] = [];
  const inOrder = () => [...rows.values()].toSorted((one, other) => one.seq - other.seq);
  const route = history({
    isMember: async (connectionId) => connectionId === "ann=",
    head: async () => ({ epoch, seq: head }),
    readAfter: async (_room, after, upTo, limit) => {
      const all = inOrder().filter(({ seq }) => seq > after && seq <= upTo);
      const found = all.slice(0, limit);
      return { found, upTo: all.length > limit ? found.at(-1)!.seq : upTo };
    },
    hasUpTo: async (_room, upTo) => inOrder().some(({ seq }) => seq <= upTo),
    hasExpired: (moment) => moment < 1_600_000_000_000,
    seal: async (_room, seq) => {
      if (!rows.has(seq)) {
        rows.set(seq, { seq });
        sealedNow.push(seq);
      }
      return rows.get(seq)!;
    },
    pause: async () => void (late && rows.set(late.seq, { seq: late.seq, message: late })),
  });
  return {
    read: (fields: object) => route(frame({ room: "lobby", ...fields })),
    readWith: (rights: Rights) => route({ ...frame({ room: "lobby", after: 0 }), rights }),
    asStranger: () => route(frame({ room: "lobby", after: 0 }, "eve=")),
    sealedNow,
  };
};

test.each([
  ["all of it", { messages: [1, 2, 3] }, { after: 0 }, { messages: [1, 2, 3], skipped: [], recovered: true }],
  ["what comes after", { messages: [1, 2, 3] }, { after: 2 }, { messages: [3], skipped: [], recovered: true }],
  ["nothing at the head", { messages: [1, 2] }, { after: 2 }, { messages: [], skipped: [], recovered: true }],
  ["nothing of a new room", {}, { after: 0 }, { messages: [], skipped: [], recovered: true }],
  ["a page", { messages: [1, 2, 3] }, { after: 0, limit: 2 }, { messages: [1, 2], skipped: [], recovered: true }],
  [
    "what was sealed",
    { messages: [1, 3], sealed: [2] },
    { after: 0 },
    { messages: [1, 3], skipped: [2], recovered: true },
  ],
  ["a gap", { messages: [1, 4] }, { after: 0 }, { messages: [1, 4], skipped: [2, 3], recovered: true }],
  ["a gap at the start", { messages: [2] }, { after: 0 }, { messages: [2], skipped: [1], recovered: true }],
  ["a gap at the head", { messages: [1], head: 3 }, { after: 0 }, { messages: [1], skipped: [2, 3], recovered: true }],
  ["nothing, above the head", { messages: [1] }, { after: 5 }, { messages: [], skipped: [], recovered: false }],
  [
    "nothing of another epoch",
    { messages: [1] },
    { after: 0, epoch: "?" },
    { messages: [], skipped: [], recovered: false },
  ],
  [
    "what is left of an old room, with its gaps settled",
    { messages: [500, 502], epoch: LONG_AGO },
    { after: 499 },
    { messages: [500, 502], skipped: [501], recovered: true },
  ],
  [
    "a gap in an old room behind something that is there",
    { messages: [500, 503], epoch: LONG_AGO },
    { after: 501 },
    { messages: [503], skipped: [502], recovered: true },
  ],
])("history gives %s", async (_what, room, fields, { messages, skipped, recovered }) => {
  const { read } = lobby({
    ...room,
    messages: (room as { messages?: number[] }).messages?.map((seq) => message(seq)) ?? [],
  });
  expect(await read(fields)).toMatchObject({
    type: "history",
    room: "lobby",
    messages: messages.map((seq) => message(seq)),
    skipped,
    recovered,
  });
});

test("what expired is said to be gone, and only the last 100 numbers before what is left are sealed", async () => {
  const { read, sealedNow } = lobby({ messages: [message(1_000)], epoch: LONG_AGO });
  const answer = await read({ after: 10 });
  const last100 = Array.from({ length: 100 }, (_, n) => 900 + n);
  expect(answer).toMatchObject({ messages: [message(1_000)], skipped: last100, head: 1_000, recovered: false });
  expect(sealedNow).toEqual(last100);
});

test("a page seals 100 numbers at most, and the next goes on from there", async () => {
  const { read } = lobby({ messages: [message(1), message(301)] });
  const passed: number[] = [];
  for (let after = 0; after < 301; after = passed.at(-1)!) {
    const { messages, skipped } = (await read({ after })) as { messages: PastMessage[]; skipped: number[] };
    expect(skipped.length).toBeLessThanOrEqual(100);
    passed.push(...[...messages.map(({ seq }) => seq), ...skipped].toSorted((one, other) => one - other));
  }
  expect(passed).toEqual(Array.from({ length: 301 }, (_, n) => n + 1));
});

test("a message that is saved while the reader waits is read, and its number is not sealed", async () => {
  const { read, sealedNow } = lobby({ messages: [message(1), message(3)], late: message(2) });
  expect(await read({ after: 0 })).toMatchObject({ messages: [1, 2, 3].map((seq) => message(seq)), skipped: [] });
  expect(sealedNow).toEqual([]);
});

test.each([
  ["the largest messages", 28_600, 1],
  ["messages of 10 KB", 10_000, 3],
  ["short messages", 100, 100],
])("a page of %s fits into a frame", async (_which, size, fitting) => {
  const { read } = lobby({ messages: Array.from({ length: 100 }, (_, n) => message(n + 1, "x".repeat(size))) });
  const answer = (await read({ after: 0 })) as { messages: PastMessage[] };
  expect(answer.messages).toHaveLength(fitting);
  expect(Buffer.byteLength(JSON.stringify({ ...answer, ref: "r".repeat(64) }))).toBeLessThanOrEqual(32_768);
});

test("whoever is not in the room gets nothing of it", async () => {
  const { asStranger } = lobby({ messages: [message(1)] });
  await expect(asStranger()).rejects.toMatchObject({ name: "Refusal", code: "NOT_A_MEMBER" });
});

test("where the token does not let a member read, there is no history, and nothing is settled", async () => {
  const { readWith, sealedNow } = lobby({ messages: [message(2)] });
  const rights = { join: ["*"], publish: ["*"], read: ["attic"] };
  await expect(readWith(rights)).rejects.toMatchObject({ name: "Refusal", code: "FORBIDDEN" });
  expect(sealedNow).toEqual([]);
  expect(await readWith({ ...rights, read: ["lob*"] })).toMatchObject({ type: "history", head: 2 });
});
