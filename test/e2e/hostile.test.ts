import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { attack } from "../../bench/fuzz/attack.ts";
import { isBug } from "../../bench/fuzz/bugs.ts";
import type { Member } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutLimits } from "../support/without-limits.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: withoutLimits });
  [ann, bob] = await Promise.all([roomcast.connect({ room: "lobby" }), roomcast.connect({ room: "lobby" })]);
});
afterEach(async () => {
  // Whatever happened, those who did nothing wrong are served, and nothing of ours has failed.
  const { id } = await ann.ask({ message: "publish", room: "lobby", data: "still here" });
  await bob.next({ type: "message", id });
  expect(roomcast.logged.filter(isBug)).toEqual([]);
});
afterAll(() => roomcast.stop());

test("of what the fuzzer throws at every door, nothing leads to an error inside or to no answer", async () => {
  const target = { endpoint: roomcast.endpoint, sdk: roomcast.client };
  const { outcomes, faults } = await attack({ target, seed: 7, first: 0, pieces: 200 });
  expect(faults).toEqual([]);
  expect(Object.keys(outcomes).length).toBeGreaterThan(15);
}, 120_000);

const nested = (levels: number) => `${"[".repeat(levels)}0${"]".repeat(levels)}`;

test.each([
  ["64 arrays in each other", nested(64)],
  ["a number over all numbers", "1e400"],
  ["a lone surrogate", String.raw`"\ud800"`],
  ["keys that every object has", `{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"toString":1}`],
  ["a key twice", `{"a":1,"a":2}`],
  ["what an expression looks like", `"{% $error() %}"`],
  ["line separators of JavaScript", `"\u2028\u2029"`],
])("%s, published, comes to the others as JSON.parse reads it", async (_what, data) => {
  const ref = `hostile ${data.length}`;
  ann.send(`{"message":"publish","room":"lobby","ref":"${ref}","data":${data}}`);
  const { id } = await ann.next({ type: "ack", ref });
  const { data: came } = await bob.next({ type: "message", id });
  expect(JSON.stringify(came) === JSON.stringify(JSON.parse(data))).toBe(true);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test("14,000 arrays in each other, published, are refused by name", async () => {
  ann.send(`{"message":"publish","room":"lobby","ref":"deep","data":${nested(14_000)}}`);
  expect(await ann.next({ ref: "deep" })).toMatchObject({ type: "error", code: "BAD_FRAME" });
});

test("a flood of upgrades whose clients leave at once leaves nobody behind", async () => {
  const { hostname, port, host, pathname } = new URL(roomcast.endpoint);
  const key = Buffer.alloc(16).toString("base64");
  const upgrade = `GET ${pathname}?room=flooded HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
  const flood = Array.from({ length: 200 }, async () => {
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => socket.write(upgrade, () => resolve()));
    socket.destroy();
  });
  await Promise.all(flood);
  const flooded = async () => (await roomcast.rows("connections")).filter(({ room }) => room === "flooded").length;
  // By a frame, so that the connection is there before it is a member: in the query, its upgrade waits behind the flood.
  const watcher = await roomcast.connect();
  await watcher.ask({ message: "join", room: "flooded" });
  await expect.poll(flooded, { timeout: 60_000 }).toBe(1);
  await watcher.close();
}, 120_000);
