import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scriptedServer } from "../scripted-server.ts";
import { emptyHome, runChat } from "./run-chat.ts";

const lobby = (endpoint: string) => ["--room", "lobby", "--name", "ann", "--endpoint", endpoint];

test("a person joins, is told what others say and that a line of their own was taken", async () => {
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("- You are in lobby");
  server.send(server.says("hello ann"));
  await chat.shows("00:00:00 bob: hello ann");
  chat.type("hello bob");
  await chat.shows("00:00:00 ann: hello bob ✓");
  expect(server.asked("publish")).toMatchObject([{ room: "lobby", data: "hello bob" }]);
  chat.type("/quit");
  expect(await chat.exited).toBe(0);
});

test("the secret is made once, kept for its owner only, and offered out of sight of the address", async () => {
  const home = await emptyHome();
  const server = await scriptedServer();
  for (let run = 0; run < 2; run++) {
    const chat = await runChat(lobby(server.endpoint), home);
    await chat.shows("You are in lobby");
    chat.type("/quit");
    await chat.exited;
  }
  const file = join(home, "roomcast", "client-secret");
  const secret = (await readFile(file, "utf8")).trim();
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const upgrade = { path: "/dev?name=ann", protocols: `roomcast.v1,client.${secret}` };
  expect(server.upgrades).toEqual([upgrade, upgrade]);
});

test("a secret given on the command line is used and nothing is kept", async () => {
  const home = await emptyHome();
  const server = await scriptedServer();
  const chat = await runChat([...lobby(server.endpoint), "--client", "s".repeat(22)], home);
  await chat.shows("You are in lobby");
  expect(server.upgrades[0]?.protocols).toBe(`roomcast.v1,client.${"s".repeat(22)}`);
  expect(await readdir(home)).toEqual([]);
});

test("a token in the environment is offered instead, and no secret is made", async () => {
  const home = await emptyHome();
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint), home, { ROOMCAST_TOKEN: "e30.e30.e30" });
  await chat.shows("You are in lobby");
  expect(server.upgrades[0]?.protocols).toBe("roomcast.v1,bearer.e30.e30.e30");
  expect(await readdir(home)).toEqual([]);
});

test("after a cut it connects and joins again, and sends what was not acknowledged", async () => {
  const server = await scriptedServer();
  server.answers(({ message }, connection) => (message === "publish" && connection === 1 ? "nothing" : "usual"));
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("You are in lobby");
  chat.type("are you there?");
  await server.isAsked("publish");
  server.cut();
  await chat.shows("connecting again in");
  await chat.shows("00:00:00 ann: are you there? ✓");
  const [first, second] = server.asked("publish");
  expect(second).toEqual({ ...first, connection: 2 });
});

test("what was said while there was no connection is shown when there is one again", async () => {
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("You are in lobby");
  server.cut();
  for (const text of ["one", "two"]) server.says(text);
  await chat.shows("bob: two");
  expect(chat.lines.filter((line) => line.includes("bob:"))).toEqual(["00:00:00 bob: one", "00:00:00 bob: two"]);
});

test("a message that comes again, also after a cut, is shown once", async () => {
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("You are in lobby");
  const one = server.says("one");
  for (const frame of [one, one]) server.send(frame);
  await chat.shows("bob: one");
  server.cut();
  await server.isAsked("join", 2);
  for (const frame of [one, server.says("two")]) server.send(frame);
  await chat.shows("bob: two");
  expect(chat.lines.filter((line) => line.includes("bob:"))).toEqual(["00:00:00 bob: one", "00:00:00 bob: two"]);
});

test("lines from a pipe are sent and acknowledged before the program ends", async () => {
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint));
  chat.type("from a script");
  chat.endInput();
  expect(await chat.exited).toBe(0);
  expect(chat.lines.at(-1)).toBe("00:00:00 ann: from a script ✓");
});

test("Ctrl-C closes the connection and names the line that nobody acknowledged", async () => {
  const server = await scriptedServer();
  server.answers(({ message }) => (message === "publish" ? "nothing" : "usual"));
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("You are in lobby");
  chat.type("hello?");
  await server.isAsked("publish");
  chat.interrupt();
  expect(await chat.exited).toBe(1);
  expect(chat.lines.at(-1)).toBe("! Not sent: hello?");
});

test("text that would steer the terminal is made harmless", async () => {
  const server = await scriptedServer();
  const chat = await runChat(lobby(server.endpoint));
  await chat.shows("You are in lobby");
  server.send(server.says("\u001b[2Jgone\r\n\u0007"));
  await chat.shows("bob: \u{FFFD}[2Jgone\u{FFFD}\u{FFFD}\u{FFFD}");
});

test.each([
  [400, "the name or the client secret is not valid"],
  [401, "it asks for a token"],
  [403, "you are not allowed in"],
])("a connection refused with %d ends in one line", async (status, reason) => {
  const server = await scriptedServer({ status });
  const chat = await runChat(lobby(server.endpoint));
  expect(await chat.exited).toBe(1);
  expect(chat.errors).toEqual([]);
  expect(chat.lines).toEqual([expect.stringContaining(`refused the connection (HTTP ${status}): ${reason}`)]);
});

test("a server that is failing or not there is tried again", async () => {
  const failing = await runChat(lobby((await scriptedServer({ status: 503 })).endpoint));
  await failing.shows("(HTTP 503): the server has failed: connecting again in");
  const nobody = await runChat(lobby("ws://127.0.0.1:1/dev"));
  await nobody.shows("There is no connection to 127.0.0.1:1 (ECONNREFUSED): connecting again in");
});

test.each([
  [["--rom", "lobby"], "Unknown option '--rom'"],
  [["lobby"], "Unexpected argument 'lobby'"],
  [["--endpoint", "http://127.0.0.1:3000"], '--endpoint is a ws:// or wss:// address, not "http://127.0.0.1:3000"'],
  [["--client", "short"], "A client secret has 22 to 256"],
])("%j ends with one line and exit code 1", async (args, line) => {
  const chat = await runChat(args);
  expect(await chat.exited).toBe(1);
  expect(chat.errors).toEqual([expect.stringMatching(/Usage: npm run chat/)]);
  expect(chat.errors[0]).toContain(line);
});
