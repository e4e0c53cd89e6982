import { expect, test } from "vitest";
import { countRoom, eraseRoom, type RoomNeeds } from "../../erase/room.ts";

type Row = "message" | "seal";

/** A room in tables that a test may change while functions are waited for, as functions that run then would. */
const lobby = (...waits: ((room: Lobby) => void)[]) => {
  const room: Lobby = {
    head: { epoch: "old", seq: 3 },
    rows: new Map<number, Row>([
      [1, "message"],
      [2, "seal"],
      [3, "message"],
    ]),
    claims: new Set(["ann\0r1"]),
    presence: true,
  };
  const numbers = async function* (wanted: (row: Row) => boolean) {
    yield [...room.rows].filter(([, row]) => wanted(row)).map(([seq]) => seq);
  };
  const needs: RoomNeeds = {
    headOf: async () => room.head,
    removeRoom: async (_room, head) => {
      const same = head?.epoch === room.head?.epoch && head?.seq === room.head?.seq;
      if (same) room.head = undefined;
      return same;
    },
    numbersIn: () => numbers(() => true),
    sealsIn: () => numbers((row) => row === "seal"),
    removeNumber: async (_room, seq) => void room.rows.delete(seq),
    claimsIn: async function* () {
      yield [...room.claims].map((ref) => ({ ref, id: ref }));
    },
    forget: async ({ ref }) => void room.claims.delete(ref),
    removePresence: async () => {
      room.presence = false;
    },
    each: async (items, act) => {
      for (const item of items) await act(item);
    },
    letFunctionsEnd: async () => waits.shift()?.(room),
  };
  return { room, needs, erase: () => eraseRoom(needs)("lobby"), count: () => countRoom(needs)("lobby") };
};

interface Lobby {
  head: { epoch: string; seq: number } | undefined;
  readonly rows: Map<number, Row>;
  readonly claims: Set<string>;
  presence: boolean;
}

const nothing = { head: undefined, rows: new Map(), claims: new Set(), presence: false };
const asItRuns = () => {};

test("a room is erased with its messages, seals, claims and presence", async () => {
  const { room, erase } = lobby();
  expect(await erase()).toEqual({ numbers: 3, claims: 1, begun: true });
  expect(room).toEqual(nothing);
});

test("a dry run counts, and does nothing", async () => {
  const { room, count } = lobby();
  const before = structuredClone(room);
  expect(await count()).toEqual({ numbers: 3, claims: 1, begun: true });
  expect(room).toEqual(before);
});

test("a message whose number was taken before is not left behind, though it is saved and claimed meanwhile", async () => {
  const { room, erase } = lobby(({ rows, claims }) => {
    rows.set(2, "message");
    claims.add("bob\0r1");
  });
  await erase();
  expect(room).toEqual(nothing);
});

test("a repetition that had found its claim does not bring its message back", async () => {
  const { room, erase } = lobby(asItRuns, ({ rows }) => rows.set(3, "message"));
  await erase();
  expect(room).toEqual(nothing);
});

test("a number that is taken meanwhile has all begin again, and goes too", async () => {
  const { room, erase } = lobby((busy) => {
    busy.head = { epoch: "old", seq: 4 };
    busy.rows.set(4, "message");
  });
  expect(await erase()).toEqual({ numbers: 4, claims: 1, begun: true });
  expect(room).toEqual(nothing);
});

test("where somebody publishes all the while the room stays, and it is said", async () => {
  let seq = 3;
  const publish = (busy: Lobby) => {
    busy.head = { epoch: "old", seq: ++seq };
  };
  const { room, erase } = lobby(...Array(9).fill(publish));
  await expect(erase()).rejects.toThrow(/^Somebody published in lobby during each of 3 attempts: kick who does/);
  expect(room.head).toMatchObject({ epoch: "old" });
});

test("what a reader of the old room seals at last is removed from above the new room, whose own numbers stay", async () => {
  const { room, erase } = lobby(asItRuns, asItRuns, (anew) => {
    anew.head = { epoch: "new", seq: 2 };
    for (const [number, row] of [
      [1, "seal"],
      [2, "message"],
      [3, "seal"],
    ] as const)
      anew.rows.set(number, row);
  });
  await erase();
  expect(room).toMatchObject({
    head: { epoch: "new", seq: 2 },
    rows: new Map([
      [1, "seal"],
      [2, "message"],
    ]),
  });
});

test("of a run that broke off behind the room's row, the next one removes the rest", async () => {
  const { room, erase } = lobby();
  room.head = undefined;
  expect(await erase()).toEqual({ numbers: 3, claims: 1, begun: false });
  expect(room).toEqual(nothing);
});
