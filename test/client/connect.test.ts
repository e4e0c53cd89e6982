import { expect, test } from "vitest";
import { connect } from "../../client/index.ts";
import { inLobby, startClient } from "./in-lobby.ts";
import { scriptedServer } from "./scripted-server.ts";

test("a guest's secret is made, shown to the application, and offered out of sight of the address", async () => {
  const { server, chat } = await inLobby();
  expect(chat.secret).toMatch(/^[0-9a-f]{32}$/);
  expect(server.upgrades).toEqual([{ path: "/dev?name=ann", protocols: `roomcast.v1,client.${chat.secret}` }]);
});

test("a secret that is given is used", async () => {
  const { server } = await inLobby({ secret: "s".repeat(22), name: "" });
  expect(server.upgrades).toEqual([{ path: "/dev", protocols: `roomcast.v1,client.${"s".repeat(22)}` }]);
});

test("a token is offered instead, a new one for each connection if it is made", async () => {
  let made = 0;
  const { server, chat, clock, states } = await inLobby({ token: async () => `jwt-${++made}` });
  server.cut();
  await expect.poll(() => states.at(-1)).toBe("connecting in 250");
  await clock.advance(250);
  await server.isAsked("join", 2);
  expect(server.upgrades.map(({ protocols }) => protocols)).toEqual([
    "roomcast.v1,bearer.jwt-1",
    "roomcast.v1,bearer.jwt-2",
  ]);
  expect(chat.secret).toBeUndefined();
});

test("a token that cannot be had is asked for again in time", async () => {
  let asked = 0;
  const token = () => {
    if (++asked === 1) throw new Error("the identity provider is away");
    return "jwt";
  };
  const server = await scriptedServer();
  const { clock, states } = startClient(server.endpoint, { token });
  await expect.poll(() => states).toEqual(["connecting in 250"]);
  await clock.advance(250);
  await expect.poll(() => states.at(-1)).toBe("open");
});

test.each([
  ["an address that is none", () => connect("lobby"), "Invalid URL"],
  ["a secret that is too short", () => connect("ws://127.0.0.1:1", { secret: "guess" }), "A secret has 22 to 256"],
  ["a name that is too long", () => connect("ws://127.0.0.1:1", { name: "n".repeat(65) }), "A name has at most 64"],
  [
    "a secret that no subprotocol may have",
    () => connect("ws://127.0.0.1:1", { secret: "ä".repeat(22) }),
    "A secret has",
  ],
])("%s is an error of the caller", (_what, connecting, message) => {
  expect(connecting).toThrow(TypeError);
  expect(connecting).toThrow(message);
});

test.each([
  ["no name", ""],
  ["a name of 129 bytes", `${"ä".repeat(64)}b`],
])("%s is no room", async (_what, name) => {
  const { chat, server } = await inLobby();
  expect(() => chat.join(name)).toThrow(expect.objectContaining({ code: "BAD_ROOM" }));
  expect(server.asked("join")).toHaveLength(1);
});

test("joining a room again gives the same room, however its name is composed", async () => {
  const { chat } = await inLobby();
  expect(chat.join("cafe\u0301")).toBe(chat.join("caf\u00e9"));
});

test("closing ends rooms and publishes, and the server sees a clean end", async () => {
  const { chat, lobby, server, states } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.answers(() => "nothing");
  const sent = lobby.publish("hello");
  await server.isAsked("publish");
  const closing = chat.close();
  await expect(sent).rejects.toMatchObject({ code: "CLOSED" });
  await closing;
  await expect.poll(() => server.openConnections).toBe(0);
  expect([chat.state, lobby.state, states]).toEqual(["closed", "left", ["open", "closed"]]);
  expect(server.asked("leave")).toEqual([]);
  expect(() => chat.join("lobby")).toThrow(expect.objectContaining({ code: "CLOSED" }));
  await chat.close();
});

test("signals close the client and leave rooms", async () => {
  const [client, room] = [new AbortController(), new AbortController()];
  const { chat, lobby, server } = await inLobby({ signal: client.signal }, { signal: room.signal });
  await expect.poll(() => lobby.state).toBe("joined");
  room.abort();
  expect(lobby.state).toBe("left");
  await server.isAsked("leave");
  client.abort();
  await expect.poll(() => chat.state).toBe("closed");
});

test("a room that is joined and left before there is a connection is never asked for", async () => {
  const server = await scriptedServer();
  const { chat } = startClient(server.endpoint);
  const [den, lobby] = [chat.join("den"), chat.join("lobby")];
  await den.leave();
  await expect.poll(() => lobby.state).toBe("joined");
  expect(server.asked("join").map(({ room }) => room)).toEqual(["lobby"]);
});

test("a join that the server cannot take just now is asked again", async () => {
  const { server, lobby, clock } = await inLobby();
  server.answers(({ message }) =>
    message === "join" && server.asked("join").length < 3
      ? { type: "error", code: "UNAVAILABLE", reason: "" }
      : "usual",
  );
  server.cut();
  await expect
    .poll(async () => {
      await clock.advance(250);
      return lobby.state;
    })
    .toBe("joined");
});
