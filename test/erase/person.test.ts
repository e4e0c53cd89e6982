import { expect, test } from "vitest";
import type { Claim } from "../../erase/claims.ts";
import type { Saved } from "../../erase/messages.ts";
import { erasePerson, type PersonNeeds } from "../../erase/person.ts";

const said = (room: string, seq: number): Saved => ({ room, seq, id: `${room}-${seq}`, expiresAt: 1 });

/** Tables with what ann has said, in pages; what is gone by the time it is sealed is named. */
const tables = (pages: readonly Saved[][], claims: readonly Claim[] = [], gone: readonly string[] = []) => {
  const sealed: string[] = [];
  const forgotten: string[] = [];
  const needs: PersonNeeds = {
    messagesOf: async function* () {
      yield* pages;
    },
    seal: async ({ id }) => !gone.includes(id) && sealed.push(id) > 0,
    claimsOf: async function* () {
      yield claims;
    },
    forget: async ({ ref }) => void forgotten.push(ref),
    each: async (items, act) => {
      for (const item of items) await act(item);
    },
  };
  return { erase: (dryRun: boolean) => erasePerson(needs)("ann", dryRun), sealed, forgotten };
};

const pages = [[said("lobby", 1), said("news", 4)], [], [said("lobby", 7)]];
const claims = [{ ref: "ann\0r1", id: "lobby-7" }];

test("all messages become seals, page by page, and the claims are forgotten", async () => {
  const { erase, sealed, forgotten } = tables(pages, claims);
  expect(await erase(false)).toEqual({ messages: 3, rooms: 2, claims: 1 });
  expect([sealed, forgotten]).toEqual([["lobby-1", "news-4", "lobby-7"], ["ann\0r1"]]);
});

test("a dry run counts, and does nothing", async () => {
  const { erase, sealed, forgotten } = tables(pages, claims);
  expect(await erase(true)).toEqual({ messages: 3, rooms: 2, claims: 1 });
  expect([sealed, forgotten]).toEqual([[], []]);
});

test("what has expired or was erased meanwhile is not counted", async () => {
  const { erase } = tables(pages, [], ["news-4"]);
  expect(await erase(false)).toEqual({ messages: 2, rooms: 1, claims: 0 });
});
