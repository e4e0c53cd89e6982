import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import type { AskedFrame } from "../scripted-server.ts";
import { scriptedPage } from "./fixture/scripted-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true };

test("what comes to a room that was left before it was entered is unread there, also after a reload", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  const held: AskedFrame[] = [];
  server.answers((frame) => {
    if (frame.room !== "two" || frame.message !== "join") return "usual";
    held.push(frame);
    return "nothing";
  });
  await person.getByRole("textbox", { name: "Join a room" }).fill("two");
  await person.getByRole("button", { name: "Join", exact: true }).click();
  await expect.poll(() => held.length).toBe(1);
  await person.getByRole("link", { name: "lobby" }).click();
  await person.getByRole("heading", { level: 1, name: "lobby" }).waitFor();
  for (const frame of held) server.send({ ref: frame.ref, ...server.usual(frame) });
  for (const text of ["1", "2"]) server.send({ ...server.says(text), room: "two" });
  const unread = person.getByRole("link", { name: "two 2 unread messages" });
  await unread.waitFor();
  server.answers(() => "usual");
  await person.reload();
  await unread.waitFor();
});

test("on a phone, which shows one room, the way back tells what is unread elsewhere", async () => {
  const { server, person } = await scriptedPage(browser, phone);
  await person.enter("ann", "two");
  await person.getByRole("link", { name: "All rooms" }).click();
  await person.getByRole("textbox", { name: "Join a room" }).fill("lobby");
  await person.getByRole("button", { name: "Join", exact: true }).click();
  await person.getByText("Nothing was said here yet.").waitFor();
  server.send({ ...server.says("hello"), room: "two" });
  await person.getByRole("link", { name: "All rooms 1 unread message" }).click();
  await person.getByRole("link", { name: "two 1 unread message" }).waitFor();
});

test("what is new is marked where it begins, and no longer once one has been there", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  server.send(server.says("read"));
  await person.log.getByText("read").waitFor();
  await person.goto("about:blank");
  for (const text of ["new 1", "new 2"]) server.says(text);
  await person.goBack();
  await person.log.getByText("new 2").waitFor();
  const rows = () => person.log.getByRole("listitem").allTextContents();
  expect((await rows()).map((row) => row.includes("New"))).toEqual([false, true, false]);
  await person.reload();
  await person.log.getByText("new 2").waitFor();
  expect((await rows()).join()).not.toContain("New");
});
