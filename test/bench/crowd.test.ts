import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { openCrowd } from "../../bench/crowd.ts";

/** A server that knows rooms: whoever connects or joins is in, and gets what others publish unless `loses` says no. */
const serveRooms = async (loses: (room: string) => boolean = () => false, refusals = 0) => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const rooms = new Map<string, Set<WebSocket>>();
  const enter = (room: string, socket: WebSocket) => rooms.set(room, (rooms.get(room) ?? new Set()).add(socket));
  server.on("connection", (socket, { url = "" }) => {
    enter(new URLSearchParams(url.slice(url.indexOf("?"))).get("room") ?? "", socket);
    socket.on("message", (text) => {
      const { message, room } = JSON.parse(String(text));
      if (refusals-- > 0) return socket.send(JSON.stringify({ message: "Internal server error" }));
      if (message === "join") enter(room, socket);
      socket.send(JSON.stringify({ type: message === "join" ? "joined" : "ack", room, seq: 1 }));
      if (message === "publish" && !loses(room))
        for (const other of rooms.get(room) ?? [])
          if (other !== socket) other.send(JSON.stringify({ type: "message", room, seq: 1 }));
    });
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const crowdOf = async (endpoint: string) => {
  const members = [
    ["red", "first"],
    ["red", "second"],
    ["red", "first"],
    ["blue", "second"],
    ["blue", "first"],
  ];
  const crowd = await openCrowd(endpoint, members, { atRestMs: 0, tries: 2 });
  onTestFinished(crowd.close);
  return crowd;
};

test("each room of a round has its own recipients: all its members but the one that publishes", async () => {
  const crowd = await crowdOf(await serveRooms());
  const { heard } = await crowd.publish({ rooms: ["red", "blue", "first"], data: "hello", patienceMs: 1_000 });
  const counts = heard.map(({ room, recipients, arrivedMs }) => [room, recipients, arrivedMs.length]);
  expect(counts.sort()).toEqual([
    ["blue", 1, 1],
    ["first", 2, 2],
    ["red", 2, 2],
  ]);
});

test("what never comes is given up, and missing in its own room only", async () => {
  const crowd = await crowdOf(await serveRooms((room) => room === "blue"));
  const { heard } = await crowd.publish({ rooms: ["red", "blue"], data: "hello", patienceMs: 100 });
  expect(heard.find(({ room }) => room === "blue")?.arrivedMs).toEqual([]);
  expect(heard.find(({ room }) => room === "red")?.arrivedMs).toHaveLength(2);
});

test("a server that is too busy is asked again", async () => {
  const crowd = await crowdOf(await serveRooms(undefined, 3));
  const { heard } = await crowd.publish({ rooms: ["red"], data: "hello", patienceMs: 1_000 });
  expect(heard[0]?.arrivedMs).toHaveLength(2);
});
