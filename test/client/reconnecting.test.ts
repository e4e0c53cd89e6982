import { expect, test } from "vitest";
import { backoff } from "../../client/backoff.ts";
import { inLobby, startClient } from "./in-lobby.ts";
import { scriptedServer } from "./scripted-server.ts";

const MINUTE = 60_000;
/** Pings would run into their answers' time: hours pass here in milliseconds. */
const seldom = { pingEvery: 10 * 60 * MINUTE };

test("the wait before connecting again is random below a limit that doubles up to half a minute", () => {
  const limits = [0, 1, 2, 6, 20, 2000].map((attempt) => backoff(attempt, () => 1));
  expect(limits).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  expect(backoff(6, () => 0)).toBe(0);
  expect(backoff(6, () => 0.5)).toBe(15_000);
});

test("a server that is not there is tried again, less and less often", async () => {
  const { chat, clock, states } = startClient("ws://127.0.0.1:1/dev");
  for (const ms of [250, 500, 1_000, 2_000]) {
    await expect.poll(() => states.at(-1)).toBe(`connecting in ${ms}`);
    await clock.advance(ms);
  }
  expect(chat.state).toBe("connecting");
});

test("a server that takes connections and ends them at once is tried again less and less often too", async () => {
  const server = await scriptedServer();
  const { clock, states } = startClient(server.endpoint);
  for (const ms of [250, 500, 1_000]) {
    await expect.poll(() => states.at(-1)).toBe("open");
    server.cut();
    await expect.poll(() => states.at(-1)).toBe(`connecting in ${ms}`);
    await clock.advance(ms);
  }
});

test("a connection that worked begins the waits anew", async () => {
  const { server, clock, lobby, states } = await inLobby();
  for (let cut = 1; cut <= 3; cut++) {
    await expect.poll(() => lobby.state).toBe("joined");
    server.cut();
    await expect.poll(() => states.at(-1)).toBe("connecting in 250");
    await clock.advance(250);
  }
});

test("the state says why there is no connection", async () => {
  const { chat } = startClient("ws://127.0.0.1:1/dev");
  const reasons: string[] = [];
  chat.on("state", (now) => now.state === "connecting" && reasons.push(now.reason));
  await expect.poll(() => reasons).toEqual([expect.stringContaining("ECONNREFUSED")]);
});

test("it renews its connection: the new one has joined before the old one ends, and frames of both count once", async () => {
  const { server, clock, lobby, heard, states, settled } = await inLobby(seldom);
  await settled();
  server.answers(({ message }, connection) => (message === "join" && connection === 2 ? "nothing" : "usual"));
  await clock.advance(102.5 * MINUTE);
  await server.isAsked("join", 2);
  server.send(server.says("by the old one"), 1);
  await expect.poll(heard).toEqual(["by the old one"]);
  expect(await lobby.publish("still by the old one")).toMatchObject({ seq: 2 });
  server.answers(() => "usual");
  const join = server.asked("join")[1]!;
  server.send({ ...server.usual(join), ref: join.ref });
  const both = server.says("by both");
  server.send(both, 1);
  server.send(both, 2);
  await expect.poll(heard).toEqual(["by the old one", "still by the old one", "by both"]);
  await lobby.publish("by the new one");
  expect(server.asked("publish").map(({ connection }) => connection)).toEqual([1, 2]);
  expect(server.openConnections).toBe(2);
  await clock.advance(6_000);
  await expect.poll(() => server.openConnections).toBe(1);
  expect([states, lobby.state]).toEqual([["open"], "joined"]);
  expect(heard()).toHaveLength(4);
});

test.each([
  [0, 90],
  [1, 115],
])("where the random number is %d it renews after %d minutes", async (random, minutes) => {
  const { server, clock, settled } = await inLobby({ ...seldom, needs: { random: () => random } });
  await settled();
  await clock.advance(minutes * MINUTE - 5_001);
  expect(server.connections).toBe(1);
  await clock.advance(1);
  await expect.poll(() => server.connections).toBe(2);
});

test("a message of one's own that comes back by the other connection before its ack is given once, as one's own", async () => {
  const { server, clock, lobby, messages, settled } = await inLobby(seldom);
  await settled();
  await lobby.publish("who am I?");
  await expect.poll(() => messages).toHaveLength(1);
  await clock.advance(102.5 * MINUTE);
  await server.isAsked("join", 2);
  await lobby.publish("by the new one");
  server.answers(({ message }) => (message === "publish" ? "nothing" : "usual"));
  const sent = lobby.publish({ text: "both ways" });
  await server.isAsked("publish", 3);
  const publish = server.asked("publish")[2]!;
  const ack = server.usual(publish) as { id: string; seq: number; received: number };
  server.send({ ...messages[0], ...ack, type: "message", room: "lobby", data: { text: "both ways" } }, 1);
  await expect.poll(() => messages.at(-1)).toMatchObject({ seq: 3, data: { text: "both ways" }, mine: true });
  server.send({ ...ack, ref: publish.ref });
  expect(await sent).toMatchObject({ seq: 3 });
  expect(messages).toHaveLength(3);
});

test("when the renewed connection fails, the old one serves until another has succeeded", async () => {
  const { server, clock, lobby, settled } = await inLobby(seldom);
  await settled();
  server.answers((_frame, connection) => (connection === 2 ? "nothing" : "usual"));
  await clock.advance(102.5 * MINUTE);
  await server.isAsked("join", 2);
  server.cut();
  expect(await lobby.publish("hello")).toMatchObject({ seq: 1 });
  await expect
    .poll(async () => {
      await clock.advance(50);
      return server.connections;
    })
    .toBe(3);
  await server.isAsked("join", 3);
  await expect
    .poll(async () => {
      await clock.advance(1_000);
      return server.openConnections;
    })
    .toBe(1);
});

test.each([
  ["new", 2],
  ["old", 1],
])("when the %s one of two connections ends, the room goes on by the other", async (_which, connection) => {
  const { server, clock, lobby, settled } = await inLobby(seldom);
  await settled();
  await clock.advance(102.5 * MINUTE);
  await server.isAsked("join", 2);
  await lobby.publish("by the new one");
  server.cut(connection);
  await expect.poll(() => server.openConnections).toBe(1);
  expect(await lobby.publish("hello")).toMatchObject({ seq: 2 });
  expect(lobby.state).toBe("joined");
});
