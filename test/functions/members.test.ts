import { expect, test } from "vitest";
import { members } from "../../functions/members.ts";
import { slotOf } from "../../functions/protocol/slot.ts";
import { frame } from "../support/frame.ts";

/** A room with so many connections, each of somebody else, and what was read of its index. */
const lobby = ({ size = 3, isMember = true } = {}) => {
  const all = Array.from({ length: size }, (_, index) => {
    const connectionId = `connection-${index}`;
    return { connectionId, connectedAt: 0, memberId: `guest-${index}`, name: "", slot: slotOf(connectionId) };
  }).sort((one, other) => (one.slot < other.slot ? -1 : 1));
  const read: number[] = [];
  const route = members({
    isMember: async () => isMember,
    list: async (_room, limit, after = "") => {
      const connections = all.filter(({ slot }) => slot > after).slice(0, limit);
      read.push(connections.length);
      return { connections, next: connections.length === limit ? connections.at(-1)?.slot : undefined };
    },
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of one type, as a client reads them
  const ask = (fields: object = {}) => route(frame({ room: "lobby", ...fields })) as Promise<any>;
  return { ask, route, read };
};

test("a small room is one page, without a next", async () => {
  const { ask } = lobby({ size: 3 });
  const answer = await ask();
  expect(answer).toEqual({ type: "members", room: "lobby", count: 3, members: expect.any(Array) });
  expect(answer.members.map(({ id }: { id: string }) => id).sort()).toEqual(["guest-0", "guest-1", "guest-2"]);
});

test("a room of 2,500 is named to its end; it is counted once, and then read by the page", async () => {
  const { ask, read } = lobby({ size: 2_500 });
  const ids = new Set<string>();
  let answer = await ask();
  const { count } = answer;
  for (;;) {
    expect(answer.count).toBe(count);
    for (const { id } of answer.members) ids.add(id);
    if (answer.next === undefined) break;
    answer = await ask({ after: answer.next });
  }
  expect(ids.size).toBe(2_500);
  expect(Math.max(...read.slice(1))).toBe(80);
  expect(read[0]).toBe(1_000);
});

test.each([
  ["somebody who is not in the room", { isMember: false }, {}, "NOT_A_MEMBER"],
  ["a page that was made up", {}, { after: "made up" }, "BAD_FRAME"],
  ["a page that is a number", {}, { after: 80 }, "BAD_FRAME"],
  ["a bad room", {}, { room: "" }, "BAD_ROOM"],
])("%s is refused, and the index is not read", async (_what, room, fields, code) => {
  const { ask, read } = lobby(room);
  await expect(ask(fields)).rejects.toMatchObject({ name: "Refusal", code });
  expect(read).toEqual([]);
});

test("where the token does not let somebody read, the room is not looked at", async () => {
  const { route, read } = lobby();
  const rights = { join: ["*"], publish: ["*"], read: [] };
  await expect(route({ ...frame({ room: "lobby" }), rights })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(read).toEqual([]);
});
