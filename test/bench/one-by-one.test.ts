import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { latencyReport } from "../../bench/latency.ts";
import { publishOneByOne } from "../../bench/one-by-one.ts";

interface Frame {
  readonly data: string;
  readonly ref?: string;
}

/** A room whose server answers a publisher's frame as `answer` says, and records what was published. */
const room = async (answer: (frame: Frame, publisher: WebSocket, others: WebSocket[]) => void) => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const sockets: WebSocket[] = [];
  const published: Frame[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (text) => {
      const frame = JSON.parse(String(text));
      published.push(frame);
      const others = sockets.filter((other) => other !== socket);
      answer(frame, socket, others);
    });
  });
  const endpoint = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = (patienceMs = 1000) =>
    publishOneByOne({ endpoint, members: 2, messages: 3, warmUp: 1, room: "bench", patienceMs });
  return { run, published };
};
const ack = (socket: WebSocket) => socket.send('{"type":"ack"}');
const deliver = ({ data }: Frame, sockets: WebSocket[]) => {
  for (const socket of sockets) socket.send(JSON.stringify({ type: "message", data }));
};

test("frames with and without a ref take turns, each ref once, the ones to warm up first", async () => {
  const { run, published } = await room((frame, publisher, others) => {
    deliver(frame, others);
    publisher.send('{"type":"presence"}');
    ack(publisher);
  });
  const { withRef, withoutRef } = await run();
  expect(published.map(({ ref }) => ref !== undefined)).toEqual([true, false, true, false, true, false, true, false]);
  expect(new Set(published.map(({ ref }) => ref)).size).toBe(5);
  for (const { ackMs, deliveryMs } of [withRef, withoutRef])
    for (const { median, p99 } of [ackMs, deliveryMs]) expect(median).toBeLessThanOrEqual(p99);
});

test("the next one is published when everyone has the one before", async () => {
  let under = 0;
  let most = 0;
  const { run } = await room((frame, publisher, others) => {
    most = Math.max(most, ++under);
    ack(publisher);
    setTimeout(() => {
      under--;
      deliver(frame, others);
    }, 5);
  });
  await run();
  expect(most).toBe(1);
});

test("a refusal ends it with the server's reason", async () => {
  const { run } = await room((_frame, publisher) => publisher.send('{"type":"error","code":"UNAVAILABLE"}'));
  await expect(run()).rejects.toThrow(/A message was not taken: .*UNAVAILABLE/);
});

test("a delivery that does not come ends it", async () => {
  const { run } = await room((frame, publisher, [one]) => {
    ack(publisher);
    if (one) deliver(frame, [one]);
  });
  await expect(run(50)).rejects.toThrow("A frame has not come within 50 ms");
});

test("a median of 25 ms to the ack with a ref is too late", () => {
  const all = (median: number) => ({ ackMs: { median, p90: 50, p99: 99.5 }, deliveryMs: { median, p90: 60, p99: 99 } });
  expect(latencyReport(200, 25, { withRef: all(24.9), withoutRef: all(30) }).failures).toEqual([]);
  expect(latencyReport(200, 25, { withRef: all(25), withoutRef: all(9) }).failures).toEqual([
    "publish to ack with a ref takes 25 ms at the median, not under 25",
  ]);
});
