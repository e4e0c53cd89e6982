import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Shown } from "../../../client/terminal/shown.ts";
import { createTalk } from "../../../client/terminal/talk.ts";
import { startClient } from "../in-lobby.ts";
import { scriptedServer } from "../scripted-server.ts";

/** Ann at her terminal: what she types, and what she sees. */
const atTerminal = async () => {
  const server = await scriptedServer();
  const { chat, clock } = startClient(server.endpoint, { WebSocket });
  const seen: Shown[] = [];
  const codes: number[] = [];
  const show = (line: Shown) => seen.push(line);
  const why = () => "Cut";
  const talk = createTalk({ chat, name: "ann", clock, show, why, end: (code) => codes.push(code) });
  /** Waits until this, and nothing else, is on the screen since the last time. */
  const sees = async (...texts: string[]) => {
    await expect.poll(() => seen.map(({ text }) => text)).toEqual(texts);
    seen.length = 0;
  };
  return {
    server,
    clock,
    codes,
    says: talk.typed,
    endsInput: talk.inputEnded,
    seen,
    sees,
    joins: async () => {
      talk.join("lobby");
      await sees("You are in lobby");
    },
  };
};

const person = (name: string) => ({ id: `guest-of-${name}`, name });

const refused = (code: string) => ({ type: "error", code, reason: "because" });

test("without a room it says how to enter one", async () => {
  const ann = await atTerminal();
  await ann.sees("Connected. /join <room> to enter one, /help for more");
  ann.says("anyone?");
  await ann.sees("You are in no room, so nobody was told. /join one first: anyone?");
});

test("what is typed without a connection waits for it, and comes back in its place", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.cut();
  await ann.sees("Cut: connecting again in 0.3 s");
  ann.says("hello");
  await ann.sees("Waiting for the connection: hello");
  ann.server.says("meanwhile");
  await ann.clock.advance(250);
  await expect.poll(() => ann.seen.map(({ text }) => text)).toEqual(["You are in lobby", "meanwhile", "hello"]);
  expect(ann.seen.map(({ kind }) => kind)).toEqual(["notice", "message", "sent"]);
});

test("a line without an ack is told about once", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.answers(({ message }) =>
    message === "publish" && ann.server.asked("publish").length === 1 ? "nothing" : "usual",
  );
  ann.says("hello");
  await ann.server.isAsked("publish");
  await ann.clock.advance(3_000);
  await ann.sees("No answer yet: hello");
  await ann.clock.advance(3_000);
  await ann.sees("hello");
});

test("a line that is refused is given back with the reason, and shows in the exit code", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.answers(({ data }) => (data === "hello" ? refused("TOO_LARGE") : "usual"));
  ann.says("hello");
  await ann.sees("Not sent (TOO_LARGE: because): hello");
  ann.says("hi");
  await ann.sees("hi");
  ann.says("/quit");
  expect(ann.codes).toEqual([1]);
});

test("a room that may not be joined is left alone, and lines for it are given back", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.answers(({ room }) => (room === "den" ? refused("FORBIDDEN") : "usual"));
  ann.says("/join den");
  ann.says("hello");
  await ann.sees("You have left lobby", "You cannot join den (FORBIDDEN: because)", "Not sent: hello");
});

test("a room that began anew, or has kept something no longer, says so", async () => {
  const ann = await atTerminal();
  await ann.joins();
  for (const text of ["one", "two", "three"]) ann.server.says(text);
  ann.server.forgetsBelow(3);
  ann.server.cut();
  await ann.sees("Cut: connecting again in 0.3 s");
  await ann.clock.advance(250);
  await ann.sees("You are in lobby", "2 messages of lobby are no longer kept", "three");
  ann.server.beginsAnew(1);
  ann.server.cut();
  await ann.sees("Cut: connecting again in 0.3 s");
  await ann.clock.advance(250);
  await ann.sees("You are in lobby", "lobby has begun anew: what was said before is gone");
});

test("another room is joined in place of the first, whose messages then are not shown", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.says("/join den");
  await ann.sees("You have left lobby", "You are in den");
  ann.server.send(ann.server.says("late"));
  ann.says("/leave");
  await ann.sees("You have left den");
  await ann.server.isAsked("leave", 2);
  ann.says("/leave");
  await ann.sees("You are in no room.");
  expect(ann.server.asked("leave").map(({ room }) => room)).toEqual(["lobby", "den"]);
});

test("what was not acknowledged when the room is left is named", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.answers(({ message }) => (message === "publish" ? "nothing" : "usual"));
  ann.says("hello?");
  await ann.server.isAsked("publish");
  ann.says("/leave");
  await ann.sees("You have left lobby", "Not acknowledged: hello?");
});

test("who joins and leaves the room is told, who types is not", async () => {
  const ann = await atTerminal();
  await ann.joins();
  const [bob, carl, nameless] = [person("bob"), person("carl"), { id: "guest-1", name: "" }];
  ann.server.send({ type: "typing", room: "lobby", from: bob });
  ann.server.send({ type: "presence", room: "lobby", joined: [bob, carl], left: [nameless], count: 3, version: 1 });
  await ann.sees("bob, carl joined", "guest-1 left");
});

test("/history shows what was said last", async () => {
  const ann = await atTerminal();
  for (let n = 1; n <= 30; n++) ann.server.says(`line ${n}`);
  await ann.joins();
  ann.says("/history");
  await ann.sees(...Array.from({ length: 20 }, (_, index) => `line ${index + 11}`));
  expect(ann.server.asked("history")).toMatchObject([{ after: 10, limit: 20 }]);
});

test.each([
  ["/help", "/join <room>, /leave, /history, /quit, /help; anything else is said in the room"],
  ["/join", "Which room? /join <room>"],
  ["/dance", "There is no /dance. /join <room>, /leave, /history, /quit, /help; anything else is said in the room"],
  ["/history", "You are in no room."],
])("%s is answered", async (line, answer) => {
  const ann = await atTerminal();
  await ann.sees("Connected. /join <room> to enter one, /help for more");
  ann.says(line);
  await ann.sees(answer);
});

test("the end of the input waits for the acks, but not for ever", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.server.answers(({ message }) => (message === "publish" ? "nothing" : "usual"));
  ann.says("hello");
  ann.endsInput();
  expect(ann.codes).toEqual([]);
  await ann.clock.advance(15_000);
  expect([ann.seen.at(-1)?.text, ann.codes]).toEqual(["Not sent: hello", [1]]);
});

test("the end of the input ends a talk in which all is acknowledged", async () => {
  const ann = await atTerminal();
  await ann.joins();
  ann.says("hello");
  ann.endsInput();
  await ann.sees("hello");
  expect(ann.codes).toEqual([0]);
});
