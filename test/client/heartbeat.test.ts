import { expect, test } from "vitest";
import { inLobby } from "./in-lobby.ts";

const joined = async (...options: Parameters<typeof inLobby>) => {
  const client = await inLobby(...options);
  await expect.poll(() => client.lobby.state).toBe("joined");
  return client;
};

test("it pings 5 seconds after joining, then every 2 minutes", async () => {
  const { server, clock, allHasCome } = await joined();
  await clock.advance(4_999);
  expect(server.asked("ping")).toEqual([]);
  await clock.advance(1);
  await server.isAsked("ping", 1);
  await allHasCome();
  await clock.advance(119_999);
  expect(server.asked("ping")).toHaveLength(1);
  await clock.advance(1);
  await server.isAsked("ping", 2);
});

test("nothing at all in 10 seconds after a ping means that there is no connection: it makes another", async () => {
  const { server, clock, states } = await joined();
  server.answers(({ message }) => (message === "ping" ? "nothing" : "usual"));
  await clock.advance(5_000);
  await server.isAsked("ping");
  await clock.advance(9_999);
  expect(states).toEqual(["open"]);
  await clock.advance(1);
  expect(states).toEqual(["open", "connecting in 250"]);
  await clock.advance(250);
  await expect.poll(() => server.connections).toBe(2);
});

test.each([
  ["a refusal of the ping", { type: "error", code: "UNAVAILABLE", reason: "because" }],
  ["API Gateway's own answer", { message: "Internal server error", connectionId: "x", requestId: "y", ref: undefined }],
])("%s is a sign of life: it pings again before long", async (_what, answer) => {
  const { server, clock, states, allHasCome } = await joined();
  server.answers(({ message }) => (message === "ping" ? answer : "usual"));
  await clock.advance(5_000);
  await server.isAsked("ping");
  await allHasCome();
  await clock.advance(10_000);
  await clock.advance(15_000);
  await server.isAsked("ping", 2);
  expect(states).toEqual(["open"]);
});

test("a machine that has slept pings at once, and connects anew if nothing comes in 5 seconds", async () => {
  const { server, clock, sleeps, states, settled } = await inLobby();
  await settled();
  server.answers(({ message }) => (message === "ping" ? "nothing" : "usual"));
  sleeps(8 * 3_600_000);
  await clock.advance(10_000);
  await server.isAsked("ping", 2);
  await clock.advance(5_000);
  expect(states).toEqual(["open", "connecting in 250"]);
});

test("a hidden page whose timers run once a minute has not slept", async () => {
  const { server, clock, sleeps, settled } = await inLobby();
  await settled();
  sleeps(50_000);
  await clock.advance(20_000);
  expect(server.asked("ping")).toHaveLength(1);
});

test("a pong without the room means that membership is lost: it joins again", async () => {
  const { server, clock, lobby } = await joined();
  const states: string[] = [];
  lobby.on("state", ({ state }) => states.push(state));
  server.answers(({ message }) => (message === "ping" ? { type: "pong", rooms: {} } : "usual"));
  await clock.advance(5_000);
  await server.isAsked("join", 2);
  await expect.poll(() => states).toEqual(["joining", "joined"]);
});

test("a room that is joined while the pong is on its way may be missing in it", async () => {
  const { server, clock, chat } = await joined();
  server.answers(({ message }) => (message === "ping" ? "nothing" : "usual"));
  await clock.advance(5_000);
  await server.isAsked("ping");
  const den = chat.join("den");
  await expect.poll(() => den.state).toBe("joined");
  server.send({ ...server.usual(server.asked("ping")[0]!), ref: server.asked("ping")[0]?.ref });
  await den.publish("hello");
  expect(server.asked("join").map(({ room }) => room)).toEqual(["lobby", "den"]);
});

test("a head in a pong that is above what has come is caught up with, after a moment", async () => {
  const { server, clock, heard } = await joined();
  server.says("lost on its way");
  await clock.advance(5_000);
  await server.isAsked("ping");
  await expect
    .poll(async () => {
      await clock.advance(100);
      return heard();
    })
    .toEqual(["lost on its way"]);
  expect(server.asked("history")).toMatchObject([{ after: 0, epoch: "e1" }]);
});
