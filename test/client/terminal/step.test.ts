import { expect, test } from "vitest";
import { inLobby } from "./in-lobby.ts";
import { message } from "./room-server.ts";

const ack = (seq: number, ref: string) => ({ type: "ack", room: "lobby", id: "01", seq, received: 0, ref });
const refused = (code: string, ref?: string) => ({ type: "error", code, reason: "because", ref });

const person = (name: string) => ({ id: `guest-of-${name}`, name });

test("it joins as it connects, and again each time", () => {
  const ann = inLobby();
  expect(ann.enters()).toEqual([["→ join lobby r-0"], ["You are in lobby"]]);
  expect(ann.closes()).toEqual(["Cut: connecting again in 0.5 s"]);
  expect(ann.enters()).toEqual([["→ join lobby r-0"], ["You are in lobby"]]);
});

test("a join that is not answered is asked again", () => {
  const ann = inLobby();
  ann.happens({ type: "opened" });
  expect(ann.ticks(9_000)).toEqual([]);
  expect(ann.ticks(1_000)).toEqual(["→ join lobby r-0"]);
});

test("what is typed without a connection waits for the room", () => {
  const ann = inLobby();
  expect(ann.says("hello")).toEqual(["Waiting for the connection: hello"]);
  ann.happens({ type: "opened" });
  expect(ann.joined()).toEqual(["You are in lobby", "→ publish lobby hello r-1"]);
});

test("a line without an ack is told about, and sent again with the same ref until it is acked", () => {
  const ann = inLobby();
  ann.enters();
  expect(ann.says("hello")).toEqual(["→ publish lobby hello r-1"]);
  expect(ann.ticks(3_000)).toEqual(["No answer yet: hello"]);
  expect(ann.ticks(7_000)).toEqual(["→ publish lobby hello r-1", "→ ping"]);
  expect(ann.receives(ack(1, "r-1"))).toEqual(["hello"]);
  expect(ann.receives(ack(1, "r-1"))).toEqual([]);
  expect(ann.ticks(10_000)).toEqual([]);
});

test.each([
  ["BAD_FRAME", ["Not sent (BAD_FRAME: because): hello"]],
  ["RATE_LIMITED", ["Not sent (RATE_LIMITED: because): hello"]],
  ["NOT_A_MEMBER", ["Not sent (NOT_A_MEMBER: because): hello", "→ join lobby r-0"]],
  ["UNAVAILABLE", []],
])("a line refused with %s", (code, told) => {
  const ann = inLobby();
  ann.enters();
  ann.says("hello");
  expect(ann.receives(refused(code, "r-1"), 0)).toEqual(told);
  expect(ann.ticks(2_000)).toEqual(code === "UNAVAILABLE" ? ["No answer yet: hello", "→ publish lobby hello r-1"] : []);
});

test("a room that may not be joined is left alone, and lines for it are given back", () => {
  const ann = inLobby();
  ann.says("hello");
  ann.happens({ type: "opened" });
  expect(ann.receives(refused("BAD_ROOM", "r-0"))).toEqual([
    "You cannot join lobby (BAD_ROOM: because)",
    "Not sent: hello",
  ]);
  expect(ann.ticks(60_000)).toEqual([]);
});

test("messages out of order are all shown, and none is called missing", () => {
  const ann = inLobby();
  ann.enters();
  expect(ann.receives(message(2, "two"))).toEqual(["two"]);
  expect(ann.receives(message(1, "one"))).toEqual(["one"]);
  expect(ann.receives(message(2, "two"))).toEqual([]);
  expect(ann.ticks(3_000)).toEqual(["→ ping"]);
});

test("numbers that do not come within a moment are called missing once", () => {
  const ann = inLobby();
  ann.enters();
  ann.receives(message(4, "four"));
  ann.receives(message(2, "two"));
  expect(ann.ticks(1_000)).toEqual([]);
  expect(ann.ticks(1_000)).toContain("2 messages of lobby did not reach you");
  expect(ann.ticks(10_000)).toEqual(["→ ping"]);
});

test("what was said while the connection was down is noticed by the head of the room", () => {
  const ann = inLobby({ head: 7 });
  ann.enters();
  ann.closes();
  ann.happens({ type: "opened" });
  ann.joined({ seq: 9 });
  expect(ann.receives(message(8, "eight"))).toEqual(["eight"]);
  expect(ann.ticks(2_000)).toContain("1 message of lobby did not reach you");
});

test("the number of an own message is not missing", () => {
  const ann = inLobby();
  ann.enters();
  ann.says("hello");
  ann.receives(ack(1, "r-1"));
  ann.receives(message(2, "two"));
  expect(ann.ticks(3_000)).toEqual(["→ ping"]);
});

test("a room whose epoch has changed is said to have begun anew, and its numbers count from there", () => {
  const ann = inLobby({ head: 7 });
  ann.enters();
  expect(ann.joined({ epoch: "e2", seq: 1 })).toEqual(["lobby has begun anew: what was said before is gone"]);
  expect(ann.receives(message(2, "two"))).toEqual(["two"]);
  expect(ann.ticks(3_000)).toEqual([]);
});

test("who joins and leaves the room is told, who types is not", () => {
  const ann = inLobby();
  ann.enters();
  const [bob, carl, nameless] = [person("bob"), person("carl"), { id: "guest-1", name: "" }];
  const news = { type: "presence", room: "lobby", joined: [bob, carl], left: [nameless], count: 3 };
  expect(ann.receives(news)).toEqual(["bob, carl joined", "guest-1 left"]);
  expect(ann.receives({ ...news, room: "attic" })).toEqual([]);
  expect(ann.receives({ type: "typing", room: "lobby", from: bob })).toEqual([]);
});

test("it pings a few seconds after joining, then well within ten minutes", () => {
  const ann = inLobby();
  ann.enters();
  const pong = () => ann.receives({ type: "pong", rooms: { lobby: { epoch: "e1", seq: 0 } } }, 0);
  expect(ann.ticks(5_000)).toEqual(["→ ping"]);
  pong();
  expect(ann.ticks(230_000)).toEqual([]);
  expect(ann.ticks(10_000)).toEqual(["→ ping"]);
});

test("a pong without the room means that membership is lost: it joins again", () => {
  const ann = inLobby();
  ann.enters();
  expect(ann.receives({ type: "pong", rooms: {} })).toEqual(["→ join lobby r-0"]);
});

test("a connection on which nothing answers is given up", () => {
  const ann = inLobby();
  ann.enters();
  expect(ann.ticks(5_000)).toEqual(["→ ping"]);
  expect(ann.ticks(29_000)).toEqual([]);
  expect(ann.ticks(1_000)).toEqual(["reconnect"]);
});

test("another room is joined in place of the first, whose messages then are not shown", () => {
  const ann = inLobby();
  ann.enters();
  expect(ann.says("/join den")).toEqual(["→ leave lobby", "→ join den r-1"]);
  expect(ann.receives(message(1, "late"))).toEqual([]);
  expect(ann.says("/leave")).toEqual(["→ leave den"]);
  expect(ann.says("anyone?")).toEqual(["You are in no room, so nobody was told. /join one first: anyone?"]);
});

test.each([
  ["/help", "/join <room>, /leave, /quit, /help; anything else is said in the room"],
  ["/join", "Which room? /join <room>"],
  ["/dance", "There is no /dance. /join <room>, /leave, /quit, /help; anything else is said in the room"],
])("%s is answered", (line, answer) => {
  expect(inLobby().says(line)).toEqual([answer]);
});

test.each([
  ["API Gateway's own answer", '{"message":"Internal server error","connectionId":"x","requestId":"y"}'],
  ["a frame of a later version", '{"type":"presence","room":"lobby"}'],
  ["a frame that is not JSON", "<html>"],
])("%s is shown as it came", (_what, text) => {
  const ann = inLobby();
  ann.enters();
  expect(ann.happens({ type: "received", text })).toEqual([`The server says: ${text}`]);
});

test("the end of the input waits for the acks, but not for ever", () => {
  const ann = inLobby();
  ann.enters();
  ann.says("hello");
  expect(ann.happens({ type: "inputEnded" })).toEqual([]);
  expect(ann.ticks(15_000)).toEqual(["Not sent: hello", "quit 1"]);
});

test("a line that was given up shows in the exit code, also when everything later was taken", () => {
  const ann = inLobby();
  ann.enters();
  ann.says("too much");
  ann.receives(refused("TOO_LARGE", "r-1"));
  ann.says("hello");
  ann.receives(ack(1, "r-2"));
  expect(ann.says("/quit")).toEqual(["quit 1"]);
});
