import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slotOf } from "../../functions/protocol/slot.ts";
import { inSeconds, SKEW, startWithTokens, statusOf } from "../support/with-tokens.ts";

let tokens: Awaited<ReturnType<typeof startWithTokens>>;
beforeAll(async () => {
  tokens = await startWithTokens({ tokenDefaultRooms: '["lobby","hall-*"]' });
});
afterAll(() => tokens.stop());

const rooms = { join: ["lobby", "team-*"], publish: ["lobby"], read: ["team-*"] };

test.each([
  [{ message: "join", room: "lobby" }, "joined"],
  [{ message: "join", room: "team-red" }, "joined"],
  [{ message: "join", room: "attic" }, "FORBIDDEN"],
  [{ message: "publish", room: "lobby", data: 1 }, "ack"],
  [{ message: "publish", room: "team-red", data: 1 }, "FORBIDDEN"],
  [{ message: "publish", room: "attic", data: 1 }, "FORBIDDEN"],
  [{ message: "history", room: "lobby", after: 0 }, "FORBIDDEN"],
  [{ message: "history", room: "team-red", after: 0 }, "history"],
  [{ message: "members", room: "lobby" }, "FORBIDDEN"],
  [{ message: "members", room: "team-red" }, "members"],
  [{ message: "history", room: "team-blue", after: 0 }, "NOT_A_MEMBER"],
  [{ message: "leave", room: "attic" }, "left"],
])("one who may join the lobby and teams, publish in the lobby and read teams: %o, %s", async (frame, answer) => {
  const cat = await tokens.connect(tokens.signed({ sub: "cat", rooms }));
  for (const room of ["lobby", "team-red"]) await cat.ask({ message: "join", room });
  const { type, code = type } = await cat.ask(frame);
  expect(code).toBe(answer);
  await cat.close();
});

test.each([
  ["a room that the token allows", { rooms }, "team-red", 101],
  ["another room", { rooms }, "attic", 403],
  ["a room that is allowed without the claim", {}, "hall-2", 101],
  ["another room, without the claim", {}, "attic", 403],
  ["any room, with a claim that allows none", { rooms: [] }, "lobby", 403],
])("connecting to %s: %o, %s, %i", async (_which, claim, room, status) => {
  expect(await statusOf(tokens.connect(tokens.signed(claim), { room }))).toBe(status);
});

test("a frame that comes when the token has expired is refused, and ends the connection", async () => {
  const dan = await tokens.connect(tokens.signed({ sub: "dan", exp: inSeconds(8 - SKEW) }), { room: "lobby" });
  const closed = once(dan.socket, "close");
  expect(await dan.ask({ message: "ping" })).toMatchObject({ type: "pong" });
  const refusal = {
    type: "error",
    code: "FORBIDDEN",
    reason: "Your token has expired: connect again with a new one.",
    expired: true,
  };
  // Twice a second, so that no limit is in the way.
  const asked = expect.poll(() => dan.ask({ message: "publish", data: "Am I heard?" }), {
    interval: 500,
    timeout: 30_000,
  });
  await asked.toMatchObject(refusal);
  await closed;
});

test("who only listens gets nothing more when the token has expired, and the connection ends", async () => {
  const exp = inSeconds(600);
  const [eve, bob] = await Promise.all([
    tokens.connect(tokens.signed({ sub: "eve", exp }), { room: "hall-1" }),
    tokens.connect(tokens.signed({ sub: "bob" }), { room: "hall-1" }),
  ]);
  const closed = once(eve.socket, "close");
  const rowOf = async (memberId: string) =>
    (await tokens.roomcast.rows("connections")).find((row) => row.room === "hall-1" && row.memberId === memberId);
  const row = await rowOf("eve");
  expect(row).toMatchObject({ validUntil: exp + SKEW });
  await bob.ask({ message: "publish", data: "Are you there?" });
  await eve.next({ type: "message" });

  await tokens.roomcast.putRows("connections", { ...row, validUntil: inSeconds(-1) });
  await bob.ask({ message: "publish", data: "Are you still there?" });
  await closed;
  expect(eve.unread).toEqual([]);
  await expect.poll(() => rowOf("eve")).toBeUndefined();
  expect(await rowOf("bob")).toBeDefined();
  await bob.close();
});

test("of a large room nobody gets anything whose token has expired, and none of them stays in it", async () => {
  const [eve, bob] = await Promise.all([
    tokens.connect(tokens.signed({ sub: "eve" }), { room: "hall-2" }),
    tokens.connect(tokens.signed({ sub: "bob" }), { room: "hall-2" }),
  ]);
  const closed = once(eve.socket, "close");
  const listed = async () => (await tokens.roomcast.rows("connections")).filter(({ room }) => room === "hall-2");
  const eves = (await listed()).find(({ memberId }) => memberId === "eve");
  const others = Array.from({ length: 60 }, (_, index) => `gone-${index}=`).map((connectionId) => ({
    ...eves,
    connectionId,
    slot: slotOf(connectionId),
  }));
  const expired = [eves, ...others].map((row) => ({ ...row, validUntil: inSeconds(-1) }));
  await tokens.roomcast.putRows("connections", ...expired);
  await bob.ask({ message: "publish", data: "Is anybody there?" });
  await closed;
  expect(eve.unread).toEqual([]);
  await expect.poll(async () => (await listed()).map(({ memberId }) => memberId)).toEqual(["bob"]);
  await bob.close();
});
