import { expect, test } from "vitest";
import { inLobby } from "./in-lobby.ts";

test("messages that come twice and out of order are given once and in order", async () => {
  const { server, heard } = await inLobby();
  const [one, two, three] = ["one", "two", "three"].map((data) => server.says(data));
  for (const frame of [two, two, one, three, one]) server.send(frame!);
  await expect.poll(heard).toEqual(["one", "two", "three"]);
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

test("after a cut it connects and joins again, and fetches what was said meanwhile", async () => {
  const { server, clock, heard, states, lobby } = await inLobby();
  await expect.poll(() => lobby.state).toBe("joined");
  server.cut();
  for (let n = 1; n <= 250; n++) server.says(n);
  await expect.poll(() => states).toEqual(["open", "connecting in 250"]);
  await clock.advance(250);
  await expect.poll(() => heard().length).toBe(250);
  expect(heard()).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  expect(server.asked("history").map(({ after, epoch }) => [after, epoch])).toEqual([
    [0, "e1"],
    [100, "e1"],
    [200, "e1"],
  ]);
});
