import { expect, test } from "vitest";
import type { Message } from "../../client/index.ts";
import { inLobby, startClient } from "./in-lobby.ts";

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("messages that come twice and out of order are given once and in order", async () => {
  const { server, heard, allHasCome } = await inLobby();
  const [one, two, three] = ["one", "two", "three"].map((data) => server.says(data));
  for (const frame of [two, two, one, three, one]) server.send(frame!);
  await allHasCome();
  expect(heard()).toEqual(["one", "two", "three"]);
});

test("a message of one's own comes in its place, with its author", async () => {
  const { server, lobby, messages } = await inLobby();
  server.send(server.says("one"));
  const sent = await lobby.publish({ text: "two" });
  server.send(server.says("three"));
  await expect.poll(() => messages).toHaveLength(3);
  expect(messages.map(({ seq, from, mine }) => [seq, from.name, mine])).toEqual([
    [1, "bob", false],
    [2, "ann", true],
    [3, "bob", false],
  ]);
  expect(messages[1]).toMatchObject({ ...sent, room: "lobby", data: { text: "two" } });
  await lobby.publish("four");
  await expect.poll(() => messages.at(-1)).toMatchObject({ seq: 4, data: "four", mine: true });
  expect(server.asked("history")).toHaveLength(1);
});

test("after a cut it connects and joins again, and fetches at once what was said meanwhile", async () => {
  const { server, clock, heard, states, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.cut();
  for (const n of upTo(250)) server.says(n);
  await expect.poll(() => states).toEqual(["open", "connecting in 250"]);
  await clock.advance(250);
  await expect.poll(() => heard().length).toBe(250);
  expect(heard()).toEqual(upTo(250));
  const asked = server.asked("history").map(({ after, epoch }) => [after, epoch]);
  expect(asked).toEqual([
    [0, "e1"],
    [100, "e1"],
    [200, "e1"],
  ]);
});

test("a gap that does not close by itself is fetched after a moment, and holds up what comes behind it", async () => {
  const { server, clock, heard, allHasCome } = await inLobby();
  server.says("lost");
  server.send(server.says("behind"));
  await allHasCome();
  await clock.advance(899);
  expect([heard(), server.asked("history")]).toEqual([[], []]);
  await clock.advance(1);
  await expect.poll(heard).toEqual(["lost", "behind"]);
});

test("a gap that closes within the moment is not asked for", async () => {
  const { server, clock, heard, allHasCome } = await inLobby();
  const late = server.says("late");
  server.send(server.says("early"));
  await allHasCome();
  await clock.advance(800);
  server.send(late);
  await allHasCome();
  await clock.advance(1_000);
  expect([heard(), server.asked("history")]).toEqual([["late", "early"], []]);
});

test("a number that no message has is passed", async () => {
  const { server, clock, heard, allHasCome } = await inLobby();
  server.skips();
  server.send(server.says("behind"));
  await allHasCome();
  await clock.advance(900);
  await expect.poll(heard).toEqual(["behind"]);
});

test("history that fails is asked for again, and nothing is passed meanwhile", async () => {
  const { server, clock, heard, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  const unavailable = { type: "error", code: "UNAVAILABLE", reason: "because" };
  server.answers(({ message }) =>
    message === "history" && server.asked("history").length < 3 ? unavailable : "usual",
  );
  server.says("lost");
  server.cut();
  await expect
    .poll(async () => {
      await clock.advance(250);
      return heard();
    })
    .toEqual(["lost"]);
  expect(server.asked("history")).toHaveLength(3);
});

test("what the retention has taken is told, and the rest is given", async () => {
  const { server, clock, lobby, heard } = await inLobby();
  const missed: object[] = [];
  lobby.on("missed", (what) => missed.push(what));
  await expect.poll(() => lobby.state).toBe("joined");
  for (const n of upTo(5)) server.says(n);
  server.forgetsBelow(4);
  server.cut();
  await expect.poll(() => lobby.state).toBe("joining");
  await clock.advance(250);
  await expect.poll(heard).toEqual([4, 5]);
  expect(missed).toEqual([{ room: "lobby", from: 1, to: 3, reason: "retention" }]);
});

test("a room that began anew is told, and goes on from its head", async () => {
  const { server, clock, lobby, heard, allHasCome } = await inLobby();
  const missed: object[] = [];
  lobby.on("missed", (what) => missed.push(what));
  server.send(server.says("before"));
  await allHasCome();
  server.beginsAnew(7);
  server.cut();
  await expect.poll(() => lobby.state).toBe("joining");
  await clock.advance(250);
  await expect.poll(() => missed).toEqual([{ room: "lobby", from: 1, to: 7, reason: "epoch" }]);
  server.send(server.says("after"));
  await expect.poll(heard).toEqual(["before", "after"]);
  expect(lobby.position).toEqual({ epoch: "e2", seq: 8 });
});

test("with `after` it goes on where an earlier run was, and the position in a listener is the message's", async () => {
  const { server, lobby, messages } = await inLobby();
  const positions: unknown[] = [];
  lobby.on("message", () => positions.push(lobby.position));
  for (const n of upTo(3)) server.says(n);
  await lobby.publish(4);
  await expect.poll(() => positions).toEqual(upTo(4).map((seq) => ({ epoch: "e1", seq })));
  const later = startClient(server.endpoint).chat.join("lobby", { after: { epoch: "e1", seq: 2 } });
  const resumed: Message[] = [];
  later.on("message", (message) => resumed.push(message));
  await expect.poll(() => resumed).toHaveLength(2);
  expect(resumed.map(({ id, data }) => [id, data])).toEqual(messages.slice(2).map(({ id, data }) => [id, data]));
});

test("a loop over the room gives its messages until it is left", async () => {
  const { server, lobby, allHasCome } = await inLobby();
  const looped: unknown[] = [];
  const loop = (async () => {
    for await (const { data } of lobby) looped.push(data);
  })();
  server.send(server.says("one"));
  server.send(server.says("two"));
  await allHasCome();
  await lobby.leave();
  await loop;
  expect(looped).toEqual(["one", "two"]);
  for await (const message of lobby) expect(message).toBeUndefined();
});

test("a loop that is left early no longer listens, and another goes on", async () => {
  const { server, lobby } = await inLobby();
  const first = (async () => {
    for await (const { data } of lobby) return data;
  })();
  const second = lobby[Symbol.asyncIterator]();
  const [one, two] = [second.next(), second.next()];
  server.send(server.says("one"));
  server.send(server.says("two"));
  expect(await first).toBe("one");
  expect([await one, await two].map(({ value }) => value?.data)).toEqual(["one", "two"]);
});

test("a room that the server refuses ends: state, loop and publishes say why", async () => {
  const { server, chat, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.answers(() => ({ type: "error", code: "FORBIDDEN", reason: "because" }));
  const den = chat.join("den");
  const sent = den.publish("hello");
  const loop = (async () => {
    for await (const message of den) expect(message).toBeUndefined();
  })();
  const forbidden = { name: "RoomcastError", code: "FORBIDDEN" };
  await expect(sent).rejects.toMatchObject(forbidden);
  await expect(loop).rejects.toMatchObject(forbidden);
  await expect(den.publish("hello?")).rejects.toMatchObject(forbidden);
  expect([den.state, lobby.state]).toEqual(["left", "joined"]);
});

test("a listener that throws stops nobody, and its error is reported", async () => {
  const { server, lobby, heard } = await inLobby();
  const reported: unknown[] = [];
  const reporting = globalThis as { reportError?: (error: unknown) => void };
  reporting.reportError = (error) => reported.push(error);
  lobby.on("message", () => {
    throw new Error("from the application");
  });
  const later: unknown[] = [];
  lobby.on("message", ({ data }) => later.push(data));
  server.send(server.says("one"));
  server.send(server.says("two"));
  await expect.poll(() => later).toEqual(["one", "two"]);
  delete reporting.reportError;
  expect([heard(), reported.map(String)]).toEqual([["one", "two"], Array(2).fill("Error: from the application")]);
});

test("a listener goes by its function or by its signal", async () => {
  const { server, lobby, heard } = await inLobby();
  const listening = new AbortController();
  const got: string[] = [];
  const off = lobby.on("message", () => got.push("by function"));
  lobby.on("message", () => got.push("by signal"), { signal: listening.signal });
  server.send(server.says(1));
  await expect.poll(heard).toEqual([1]);
  off();
  listening.abort();
  server.send(server.says(2));
  await expect.poll(heard).toEqual([1, 2]);
  expect(got).toEqual(["by function", "by signal"]);
});

test("leaving tells the server, rejects what was not acked, and another room of that name waits for it", async () => {
  const { server, chat, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.answers(({ message }) => (message === "publish" || message === "leave" ? "nothing" : "usual"));
  const sent = lobby.publish("hello");
  await server.isAsked("publish");
  const left = lobby.leave();
  await expect(sent).rejects.toMatchObject({ code: "LEFT" });
  const again = chat.join("lobby");
  expect(again).not.toBe(lobby);
  await server.isAsked("leave");
  expect(server.asked("join")).toHaveLength(1);
  server.answers(() => "usual");
  server.send({ type: "left", room: "lobby", ref: server.asked("leave")[0]?.ref });
  await left;
  await expect.poll(() => again.state).toBe("joined");
  expect(server.frames.map(({ message }) => message)).toEqual(["join", "publish", "leave", "join"]);
});

test("a room that is left while it is joined is left when the server has answered, and may be joined again", async () => {
  const { server, chat, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.answers(({ message }) => (message === "join" ? "nothing" : "usual"));
  const den = chat.join("den");
  await server.isAsked("join", 2);
  const left = den.leave();
  const again = chat.join("den");
  server.answers(() => "usual");
  const join = server.asked("join")[1]!;
  server.send({ ...server.usual(join), ref: join.ref });
  await left;
  await expect.poll(() => again.state).toBe("joined");
  expect(server.frames.map(({ message }) => message)).toEqual(["join", "join", "leave", "join"]);
});

test("typing is told at most once in 3 seconds; others' typing and presence come as events", async () => {
  const { server, clock, lobby, allHasCome } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  for (const ms of [0, 1_000, 1_999, 1]) {
    await clock.advance(ms);
    lobby.typing();
  }
  await server.isAsked("typing", 2);
  expect(server.asked("typing")[0]).toEqual({ message: "typing", room: "lobby", connection: 1 });
  const seen: object[] = [];
  lobby.on("presence", (event) => seen.push(event));
  lobby.on("typing", (event) => seen.push(event));
  const bob = { id: "guest-bob", name: "bob" };
  server.send({ type: "presence", room: "lobby", joined: [bob], left: [], count: 2, version: 1 });
  await allHasCome();
  expect(seen).toEqual([
    { room: "lobby", joined: [bob], left: [], count: 2 },
    { room: "lobby", from: bob },
  ]);
});

test("presence frames that overtake each other, leave who is there and how many", async () => {
  const { server, lobby, allHasCome } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  const bob = { id: "guest-bob", name: "bob" };
  const frame = { type: "presence", room: "lobby", joined: [], left: [] };
  const here = new Set<string>();
  const counts: number[] = [];
  lobby.on("presence", ({ joined, left, count }) => {
    for (const { id } of joined) here.add(id);
    for (const { id } of left) here.delete(id);
    counts.push(count);
  });
  server.send({ ...frame, left: [bob], count: 1, version: 8 });
  server.send({ ...frame, joined: [bob, { id: "guest-carl", name: "carl" }], count: 3, version: 7 });
  server.send({ ...frame, left: [bob], count: 1, version: 8 });
  await allHasCome();
  expect([[...here], counts]).toEqual([["guest-carl"], [1, 1]]);
});

test("members and history are asked for page by page", async () => {
  const { server, lobby } = await inLobby();
  const bob = { id: "guest-bob", name: "bob" };
  server.answers(({ message }) =>
    message === "members" ? { type: "members", room: "lobby", count: 3, members: [bob], next: "n" } : "usual",
  );
  expect(await lobby.members({ after: "m" })).toEqual({ count: 3, members: [bob], next: "n" });
  expect(server.asked("members")[0]).toMatchObject({ room: "lobby", after: "m" });
  for (const n of upTo(5)) server.says(n);
  const { messages, ...page } = await lobby.history({ after: 2, limit: 2 });
  expect(messages.map(({ data }) => data)).toEqual([3, 4]);
  expect(page).toEqual({ epoch: "e1", skipped: [], head: 5, recovered: true });
});
