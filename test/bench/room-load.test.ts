import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { loadRoom } from "../../bench/room-load.ts";

const serve = async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return { server, endpoint: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** A room that acks and sends each message to every other socket, `copies` times to the one that is `n`-th. */
const room = async (copies: (n: number) => number) => {
  const { server, endpoint } = await serve();
  const sockets: WebSocket[] = [];
  let seq = 0;
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", () => {
      socket.send(JSON.stringify({ type: "ack", room: "bench", seq: ++seq }));
      for (const [n, other] of sockets.entries())
        for (let copy = other === socket ? 0 : copies(n); copy > 0; copy--)
          other.send(JSON.stringify({ type: "message", room: "bench", seq }));
    });
  });
  return endpoint;
};
const load = async (copies: (n: number) => number) =>
  loadRoom({ endpoint: await room(copies), members: 20, messages: 12, room: "bench", patienceMs: 200 });

test("every member's every message is counted once", async () => {
  expect(await load(() => 1)).toMatchObject({ deliveries: 240, missing: 0, repeats: 0 });
});

test("what comes twice is a repeat, and makes up for nothing that is missing", async () => {
  const seen = await load((n) => (n === 3 ? 0 : 2));
  expect(seen.missing).toBe(240 - seen.deliveries);
  expect(seen.missing).toBeGreaterThan(0);
  expect(seen.repeats).toBeGreaterThan(0);
});

test("a message that is not taken ends the load with the server's reason", async () => {
  const { server, endpoint } = await serve();
  server.on("connection", (socket) =>
    socket.on("message", () => socket.send(JSON.stringify({ type: "error", code: "UNAVAILABLE", reason: "busy" }))),
  );
  const refused = loadRoom({ endpoint, members: 1, messages: 1, room: "bench", patienceMs: 200 });
  await expect(refused).rejects.toThrow(/A message was not taken: .*UNAVAILABLE/);
});
