import { expect, test } from "vitest";
import { RoomcastError } from "../../client/index.ts";
import { inLobby, startClient } from "./in-lobby.ts";
import { scriptedServer } from "./scripted-server.ts";

const refused = (code: string) => ({ type: "error", code, reason: "because" });

test("messages are published one after the other, in the order of the calls", async () => {
  const { server, lobby } = await inLobby();
  let held = true;
  server.answers(({ message, data }) => (message === "publish" && data === "one" && held ? "nothing" : "usual"));
  const sent = ["one", "two", "three"].map((text) => lobby.publish(text));
  await server.isAsked("publish");
  held = false;
  server.send({ ...server.usual(server.asked("publish")[0]!), ref: server.asked("publish")[0]!.ref });
  expect((await Promise.all(sent)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(server.asked("publish").map(({ data }) => data)).toEqual(["one", "two", "three"]);
});

test("rooms do not wait for each other", async () => {
  const { server, lobby, chat } = await inLobby();
  server.answers(({ message, room }) => (message === "publish" && room === "lobby" ? "nothing" : "usual"));
  lobby.publish("stuck").catch(() => {});
  expect(await chat.join("den").publish("free")).toMatchObject({ seq: 1 });
});

test("a publish without an answer is sent again after 6 seconds, with the same ref", async () => {
  const { server, lobby, clock } = await inLobby();
  server.answers(({ message }) =>
    message === "publish" && server.asked("publish").length === 1 ? "nothing" : "usual",
  );
  const sent = lobby.publish("hello");
  await server.isAsked("publish");
  await clock.advance(5_999);
  expect(server.asked("publish")).toHaveLength(1);
  await clock.advance(1);
  expect(await sent).toMatchObject({ seq: 1 });
  const [first, second] = server.asked("publish");
  expect(second?.ref).toBe(first?.ref);
});

test("after a cut it is sent again as soon as the room is joined, with the same ref", async () => {
  const { server, lobby, clock } = await inLobby();
  server.answers(({ message }, connection) => (message === "publish" && connection === 1 ? "nothing" : "usual"));
  const sent = lobby.publish("hello");
  await server.isAsked("publish");
  server.cut();
  await expect.poll(() => lobby.state).toBe("joining");
  await clock.advance(250);
  expect(await sent).toMatchObject({ seq: 1 });
  const [first, second] = server.asked("publish");
  expect(second).toMatchObject({ ref: first?.ref, connection: 2 });
});

test("a message that was saved although its ack was lost is given once, and as one's own", async () => {
  const { server, lobby, clock, messages } = await inLobby();
  server.answers((frame, connection) => {
    if (frame.message !== "publish" || connection === 2) return "usual";
    server.usual(frame);
    server.cut();
    return "nothing";
  });
  const sent = lobby.publish("hello");
  await expect.poll(() => lobby.state).toBe("joining");
  await clock.advance(250);
  expect(await sent).toMatchObject({ seq: 1 });
  server.send(server.says("hello yourself"));
  await expect
    .poll(() => messages.map(({ seq, mine }) => [seq, mine]))
    .toEqual([
      [1, true],
      [2, false],
    ]);
});

test.each(["UNAVAILABLE", "RATE_LIMITED"])(
  "refused with %s it is sent again, after a while that grows",
  async (code) => {
    const { server, lobby, clock } = await inLobby();
    server.answers(({ message }) =>
      message === "publish" && server.asked("publish").length < 3 ? refused(code) : "usual",
    );
    const sent = lobby.publish("hello");
    await server.isAsked("publish", 1);
    await expect
      .poll(async () => {
        await clock.advance(250);
        return server.asked("publish").length;
      })
      .toBe(2);
    await clock.advance(500);
    expect(await sent).toMatchObject({ seq: 1 });
    expect(new Set(server.asked("publish").map(({ ref }) => ref)).size).toBe(1);
  },
);

test("refused since the token has expired it is sent again on the next connection, which has a new one", async () => {
  let made = 0;
  const { server, lobby, clock, states } = await inLobby({ token: () => `jwt-${++made}` });
  const expired = { ...refused("FORBIDDEN"), expired: true };
  server.answers(({ message }, connection) => (message === "publish" && connection === 1 ? expired : "usual"));
  const sent = lobby.publish("hello");
  await server.isAsked("publish", 1);
  server.cut();
  await expect.poll(() => states.at(-1)).toBe("connecting in 250");
  await expect
    .poll(async () => {
      await clock.advance(250);
      return server.asked("publish").length;
    })
    .toBe(2);
  expect(await sent).toMatchObject({ seq: 1 });
  expect(made).toBe(2);
});

test("API Gateway's own answer names no request: the only one is sent again, of several each in its time", async () => {
  const { server, lobby, chat, clock } = await inLobby();
  const failed = { message: "Internal server error", connectionId: "x", requestId: "y", ref: undefined };
  server.answers(({ message }) => (message === "publish" && server.asked("publish").length === 1 ? failed : "usual"));
  const sent = lobby.publish("hello");
  await expect
    .poll(async () => {
      await clock.advance(250);
      return server.asked("publish").length;
    })
    .toBe(2);
  expect(await sent).toMatchObject({ seq: 1 });
  const den = chat.join("den");
  await expect.poll(() => den.state).toBe("joined");
  server.answers(() => "nothing");
  const both = [lobby.publish("one"), den.publish("two")];
  await server.isAsked("publish", 4);
  server.send(failed);
  server.answers(() => "usual");
  await clock.advance(5_000);
  expect(server.asked("publish")).toHaveLength(4);
  await clock.advance(1_000);
  await Promise.all(both);
});

test("refused with NOT_A_MEMBER in a room that is joined, it joins again and sends again", async () => {
  const { server, lobby } = await inLobby();
  server.answers(({ message }) =>
    message === "publish" && server.asked("join").length === 1 ? refused("NOT_A_MEMBER") : "usual",
  );
  expect(await lobby.publish("hello")).toMatchObject({ seq: 1 });
  expect(server.frames.map(({ message }) => message).slice(0, 4)).toEqual(["join", "publish", "join", "publish"]);
});

test("any other refusal rejects with its code, and the next message is sent", async () => {
  const { server, lobby } = await inLobby();
  server.answers(({ data }) => (data === "one" ? refused("FORBIDDEN") : "usual"));
  const error = await lobby.publish("one").catch((error) => error);
  expect(error).toBeInstanceOf(RoomcastError);
  expect(error).toMatchObject({ code: "FORBIDDEN", reason: "because", message: "FORBIDDEN: because" });
  expect(await lobby.publish("two")).toMatchObject({ seq: 1 });
});

test("without a connection 100 messages of all rooms wait; one more is refused at once", async () => {
  const server = await scriptedServer();
  const { chat } = startClient(server.endpoint);
  const [lobby, den] = [chat.join("lobby"), chat.join("den")];
  const sent = Array.from({ length: 100 }, (_, n) => (n % 2 ? lobby : den).publish(n));
  await expect(lobby.publish("one too many")).rejects.toMatchObject({ code: "QUEUE_FULL" });
  await Promise.all(sent);
  expect(await lobby.publish("now there is room")).toMatchObject({ seq: 101 });
});

test.each([
  ["what is no JSON", undefined, "BAD_FRAME"],
  ["more than a frame holds", "語".repeat(9_600), "TOO_LARGE"],
])("%s is refused before it is sent", async (_what, data, code) => {
  const { lobby, server } = await inLobby();
  await expect(lobby.publish(data)).rejects.toMatchObject({ code });
  expect(server.asked("publish")).toEqual([]);
});

test("what others get is what the application sees of its own message, also if it changes the object later", async () => {
  const { lobby, messages, server } = await inLobby();
  const data = { at: new Date(0), text: "hello" };
  const sent = lobby.publish(data);
  data.text = "changed";
  await sent;
  await expect.poll(() => messages[0]?.data).toEqual({ at: "1970-01-01T00:00:00.000Z", text: "hello" });
  expect(server.asked("publish")[0]?.data).toEqual(messages[0]?.data);
});

test("an abort ends the trying, and the next message is sent", async () => {
  const { server, lobby, clock } = await inLobby();
  server.answers(({ data }) => (data === "one" ? "nothing" : "usual"));
  const one = new AbortController();
  const [first, second] = [lobby.publish("one", { signal: one.signal }), lobby.publish("two")];
  await server.isAsked("publish");
  one.abort(new Error("never mind"));
  await expect(first).rejects.toThrow("never mind");
  await clock.advance(6_000);
  expect(await second).toMatchObject({ seq: 1 });
  expect(server.asked("publish").map(({ data }) => data)).toEqual(["one", "two"]);
});

test("a message whose fate is unknown for a day is not sent again: it could be there twice", async () => {
  const { server, lobby, clock, sleeps } = await inLobby();
  server.answers(({ message }) => (message === "publish" ? "nothing" : "usual"));
  const sent = lobby.publish("hello").catch((error) => error);
  await server.isAsked("publish");
  sleeps(24 * 3_600_000);
  await clock.advance(6_000);
  expect(await sent).toMatchObject({ code: "UNANSWERED" });
  expect(server.asked("publish")).toHaveLength(1);
});
