import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { startRoomcast } from "../../support/roomcast.ts";
import { type Person, visitor } from "./fixture/chat-site.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let browser: Browser;
let people: Person[] = [];
beforeAll(async () => {
  [roomcast, browser] = await Promise.all([startRoomcast(), launchBrowser()]);
});
afterEach(async () => {
  const complaints = people.flatMap((person) => person.complaints);
  await Promise.all(people.map((person) => person.context().close()));
  people = [];
  expect(complaints).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await roomcast?.stop();
});

/** At the page that the stack serves itself. */
const arrives = async (path = "") => {
  const person = await visitor(browser)(roomcast.site + path);
  people.push(person);
  return person;
};

test("two people talk: each sees both, in the same order, with who said it and when", async () => {
  const [ann, bob] = [await arrives(), await arrives()];
  await ann.enter("ann");
  await bob.enter("bob");
  await ann.say("hello bob");
  await bob.log.getByText("hello bob").waitFor();
  await bob.say("hello ann");
  await ann.log.getByText("hello ann").waitFor();
  for (const person of [ann, bob]) {
    await expect.poll(() => person.texts()).toEqual(["hello bob", "hello ann"]);
    expect(await person.log.locator(".who b").allTextContents()).toEqual(["ann", "bob"]);
    expect(await person.log.getByRole("heading").allTextContents()).toEqual(["Today"]);
    expect(await person.log.locator("time").first().textContent()).toMatch(/\d:\d\d/);
    await expect.poll(() => person.getByText("Sending…").count()).toBe(0);
  }
  await ann.getByRole("button", { name: "2 people here" }).click();
  expect(await ann.getByRole("complementary", { name: "People here" }).locator(".name").allTextContents()).toEqual([
    "ann",
    "bob",
  ]);
});

test("a link opens its room, in either form, and a person goes there under a name of theirs", async () => {
  const ann = await arrives("?room=会議室");
  await ann.enter("ann");
  await ann.getByRole("heading", { level: 1, name: "会議室" }).waitFor();
  await ann.say("集まりましょう");
  const bob = await arrives(new URL(ann.url()).hash);
  await bob.enter("bob");
  await bob.log.getByText("集まりましょう").waitFor();
  expect(await bob.getByRole("navigation", { name: "Rooms" }).getByRole("link").allTextContents()).toEqual(["会議室"]);
});

test("in Japanese the page speaks Japanese, and goes on doing so", async () => {
  const ann = await arrives("#/room/japanese");
  await ann.getByLabel("Language").selectOption("日本語");
  await ann.getByLabel("あなたの名前").fill("花子");
  await ann.getByRole("button", { name: "はじめる" }).click();
  const field = ann.getByRole("textbox", { name: "japanese へのメッセージ" });
  await field.fill("こんにちは");
  await ann.getByRole("button", { name: "送信" }).click();
  await ann.log.getByRole("heading", { name: "今日" }).waitFor();
  await expect.poll(() => ann.getByText("送信中…").count()).toBe(0);
  await ann.reload();
  await ann.log.getByText("こんにちは").waitFor();
  await ann.getByText("ここが japanese の始まりです。").waitFor();
  expect(await ann.evaluate("document.documentElement.lang")).toBe("ja");
});

test("who is in another room sees there how much is unread, also after a reload", async () => {
  const [ann, bob] = [await arrives("#/room/one"), await arrives("#/room/two")];
  await ann.enter("ann");
  await bob.enter("bob");
  await ann.getByRole("textbox", { name: "Join a room" }).fill("two");
  await ann.getByRole("button", { name: "Join", exact: true }).click();
  await ann.getByRole("heading", { level: 1, name: "two" }).waitFor();
  await ann.getByRole("link", { name: "one" }).click();
  await bob.getByRole("button", { name: "2 people here" }).waitFor();
  for (const text of ["1", "2", "3"]) await bob.say(text);
  const unread = ann.getByRole("link", { name: "two 3 unread messages" });
  await unread.waitFor();
  await ann.reload();
  await unread.click();
  await expect.poll(() => ann.texts()).toEqual(["1", "2", "3"]);
  await expect.poll(() => ann.getByRole("link", { name: "unread" }).count()).toBe(0);
});

test("who leaves a room gets nothing of it, and is not in it after a reload", async () => {
  const ann = await arrives("#/room/left");
  await ann.enter("ann");
  await ann.getByRole("button", { name: "Leave" }).click();
  await ann.getByText("Join a room, or choose one of yours.").waitFor();
  await ann.reload();
  await ann.getByText("Join a room, or choose one of yours.").waitFor();
  expect(await ann.getByRole("link").count()).toBe(0);
});
