import { once } from "node:events";
import {
  ApiGatewayManagementApiClient,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Member } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let ann: Member;
let bob: Member;
beforeAll(async () => {
  roomcast = await startRoomcast();
  [ann, bob] = await Promise.all([roomcast.connect({ room: "lobby" }), roomcast.connect({ room: "lobby" })]);
});
afterEach(async () => {
  // Whatever happened, those who did nothing wrong are served, and nothing but this reached anybody.
  const { id } = await ann.ask({ message: "publish", room: "lobby", data: "still here" });
  await bob.next({ type: "message", id });
  expect([ann.unread, bob.unread]).toEqual([[], []]);
});
afterAll(() => roomcast.stop());

/** Connects, sends this and waits for the answer. */
const answerTo = async (frame: unknown) => {
  const mallory = await roomcast.connect();
  mallory.send(frame);
  const answer = await mallory.next({});
  expect(mallory.socket.readyState).toBe(WebSocket.OPEN);
  await mallory.close();
  return answer;
};

test.each([
  ["no JSON", "hello", "BAD_FRAME", "not JSON"],
  ["an empty frame", "", "BAD_FRAME", "not JSON"],
  ["a number", "7", "BAD_FRAME", "not a JSON object"],
  ["null", "null", "BAD_FRAME", "not a JSON object"],
  ["an array", "[]", "BAD_FRAME", "not a JSON object"],
  ["an object without a message", {}, "BAD_FRAME", "`message`"],
  ["a message that is no text", { message: 7 }, "BAD_FRAME", "`message`"],
  ["an unknown route", { message: "shout" }, "UNKNOWN_ROUTE", '"publish"'],
  ["a route of API Gateway's own", { message: "$connect", room: "lobby" }, "UNKNOWN_ROUTE", '"publish"'],
  ["a route named as every object's property", { message: "__proto__" }, "UNKNOWN_ROUTE", '"publish"'],
  ["a join without a room", { message: "join" }, "BAD_ROOM", "missing"],
  ["a join of an empty room", { message: "join", room: "" }, "BAD_ROOM", "empty"],
  ["a join of a room of 129 bytes", { message: "join", room: "x".repeat(129) }, "BAD_ROOM", "128 bytes"],
  ["a join of a room with a line break", { message: "join", room: "a\nb" }, "BAD_ROOM", "control"],
  ["a join of a room with a lone surrogate", '{"message":"join","room":"\\ud800"}', "BAD_ROOM", "surrogate"],
  ["a leave of a room that is no text", { message: "leave", room: 7 }, "BAD_ROOM", "string"],
  ["a publish without data", { message: "publish", room: "lobby" }, "BAD_FRAME", "`data` is missing"],
  ["a publish to a room one is not in", { message: "publish", room: "lobby", data: 1 }, "NOT_A_MEMBER", "join it"],
  ["a publish without a room by one in none", { message: "publish", data: 1 }, "NOT_A_MEMBER", "no room"],
  ["a publish over 28 KiB", { message: "publish", room: "x", data: "x".repeat(30_000) }, "TOO_LARGE", "bytes"],
  ["a ping with a ref that is no text", { message: "ping", ref: 7 }, "BAD_FRAME", "`ref`"],
])("%s is refused, and it is said why", async (_what, frame, code, reason) => {
  expect(await answerTo(frame)).toEqual({ type: "error", code, reason: expect.stringContaining(reason) });
});

test("a refusal has the ref of what it refuses", async () => {
  expect(await answerTo({ message: "join", room: "", ref: "r1" })).toMatchObject({ code: "BAD_ROOM", ref: "r1" });
});

/** Connects, does this to the socket, and tells how the server closes it. */
const closeAfter = async (act: (socket: WebSocket) => void) => {
  const { socket } = await roomcast.connect();
  act(socket);
  const [code] = await once(socket, "close");
  return code;
};

/** A masked text frame of a client, as bytes on the wire. */
const textFrame = (payload: Buffer) => Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);

test.each<[string, number, (socket: WebSocket) => void]>([
  ["a frame over 32 KB", 1009, (socket) => socket.send("x".repeat(32 * 1024 + 1))],
  [
    "a message over 128 KB in frames of 30 KB",
    1009,
    (socket) => {
      for (let part = 0; part < 5; part++) socket.send("x".repeat(30 * 1024), { fin: false });
    },
  ],
  ["a binary frame", 1003, (socket) => socket.send(Buffer.from("{}"))],
  [
    "text that is not UTF-8",
    1007,
    (socket) => {
      const { _socket: wire } = socket as unknown as { _socket: NodeJS.WritableStream };
      wire.write(textFrame(Buffer.from([0xc3, 0x28])));
    },
  ],
])("%s closes the connection with %i", async (_what, code, act) => {
  expect(await closeAfter(act)).toBe(code);
});

test("a message of 100 KB in frames of 25 KB comes whole, and is refused as too large", async () => {
  const mallory = await roomcast.connect({ room: "large" });
  const text = JSON.stringify({ message: "publish", room: "large", data: "x".repeat(100 * 1024), ref: "big" });
  for (let at = 0; at < text.length; at += 25_000)
    mallory.socket.send(text.slice(at, at + 25_000), { fin: at + 25_000 >= text.length });
  expect(await mallory.next({ ref: "big" })).toMatchObject({ code: "TOO_LARGE" });
  await mallory.close();
});

test.each([
  ["an empty room", { room: "" }],
  ["a room of 129 bytes", { room: "x".repeat(129) }],
  ["a name of 65 characters", { room: "lobby", name: "n".repeat(65) }],
  ["a secret that can be guessed", { client: "ann" }],
])("a connection with %s is refused with 400", async (_what, query) => {
  await expect(roomcast.connect(query)).rejects.toThrow("Unexpected server response: 400");
});

test("a room that is not UTF-8 is refused as the connection is made", async () => {
  const socket = new WebSocket(`${roomcast.endpoint}?room=%c3%28`);
  const [error] = await once(socket, "error");
  expect(error.message).toMatch(/Unexpected server response: 400/);
});

test("an unknown stage is refused", async () => {
  const socket = new WebSocket(roomcast.endpoint.replace(/dev$/, "prod"));
  const [error] = await once(socket, "error");
  expect(error.message).toMatch(/Unexpected server response: 403/);
});

test.each([
  ["malformed", "xyz", "BadRequestException", 400],
  ["never seen", "PJqB0fHsqRcCHlw=", "GoneException", 410],
])("a post to an id that is %s is refused by the service's own error", async (_what, ConnectionId, name, status) => {
  const api = new ApiGatewayManagementApiClient({ ...roomcast.client, endpoint: `${roomcast.origin}/dev` });
  await expect(api.send(new PostToConnectionCommand({ ConnectionId, Data: "hello" }))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
  });
  api.destroy();
});

test("a post to a connection that has ended is answered 410, and one that is open gets the whole text", async () => {
  const api = new ApiGatewayManagementApiClient({ ...roomcast.client, endpoint: `${roomcast.origin}/dev` });
  const carl = await roomcast.connect({ room: "posted" });
  const row = (await roomcast.rows("connections")).find(({ room }) => room === "posted")!;
  const ConnectionId = String(row.connectionId);
  const text = JSON.stringify({ type: "hello", data: "x".repeat(100_000) });
  await api.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
  expect(JSON.stringify(await carl.next({ type: "hello" }))).toBe(text);
  expect(await api.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({ ConnectedAt: expect.any(Date) });
  await carl.close();
  await expect(api.send(new PostToConnectionCommand({ ConnectionId, Data: "hello" }))).rejects.toMatchObject({
    name: "GoneException",
  });
  api.destroy();
});
