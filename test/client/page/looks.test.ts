import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../support/axe.ts";
import { launchBrowser } from "../../support/browser.ts";
import { scriptedPage } from "./fixture/scripted-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true };

test.each([
  ["a desk in the light", { colorScheme: "light" }],
  ["a desk in the dark", { colorScheme: "dark" }],
  ["a phone in the light", { ...phone, colorScheme: "light" }],
  ["a phone in the dark", { ...phone, colorScheme: "dark" }],
] as const)("axe finds nothing wrong on %s: at the door, in a room, with everybody shown", async (_where, options) => {
  const { server, person } = await scriptedPage(browser, options);
  const ann = { id: "guest-ann", name: "ann" };
  const bob = { id: "guest-bob", name: "bob" };
  server.answers((frame) => {
    if (frame.message === "members") return { type: "members", room: "lobby", count: 9, members: [ann, bob] };
    if (frame.data === "no") return { type: "error", code: "FORBIDDEN", reason: "because" };
    return frame.data === "wait" ? "nothing" : "usual";
  });
  for (const text of ["first", "see https://example.com/", "x".repeat(400)]) server.says(text);
  expect(await violations(person)).toEqual([]);
  await person.enter("ann");
  for (const text of ["mine", "no", "wait"]) await person.say(text);
  await person.getByText("Sending…").waitFor();
  server.send({ type: "typing", room: "lobby", from: bob });
  await person.getByText("bob is typing…").waitFor();
  await person.getByText("Not sent.").waitFor();
  await person.getByRole("textbox", { name: "Message to lobby" }).fill("x".repeat(30_000));
  expect(await violations(person)).toEqual([]);
  await person.getByRole("button", { name: "9 people here" }).click();
  await person.getByText("and 7 more").waitFor();
  expect(await violations(person)).toEqual([]);
  expect(person.complaints).toEqual([]);
  expect(await person.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
});

test.each(["light", "dark"] as const)("axe finds nothing wrong in Japanese, in the %s", async (colorScheme) => {
  const { server, person } = await scriptedPage(browser, { locale: "ja-JP", colorScheme });
  server.says("集まりましょう https://example.com/");
  expect(await violations(person)).toEqual([]);
  await person.getByLabel("あなたの名前").fill("花子");
  await person.getByRole("button", { name: "はじめる" }).click();
  await person.log.getByText("集まりましょう").waitFor();
  await person.getByRole("button", { name: "参加者" }).click();
  await person.getByRole("complementary", { name: "参加者" }).waitFor();
  expect(await violations(person)).toEqual([]);
});

test("on a phone a room's name is where one comes to; at a desk it is the field", async () => {
  const comesTo = async (options: BrowserContextOptions) => {
    const { person } = await scriptedPage(browser, options);
    await person.enter("ann");
    return person.evaluate("document.activeElement.tagName");
  };
  expect([await comesTo({ ...phone, isMobile: true }), await comesTo({})]).toEqual(["H1", "TEXTAREA"]);
});

test("on a phone there is either the list of rooms or a room", async () => {
  const { person } = await scriptedPage(browser, phone);
  await person.enter("ann", "lobby");
  await person.getByRole("navigation", { name: "Rooms" }).waitFor({ state: "hidden" });
  await person.getByRole("link", { name: "All rooms" }).click();
  await person.getByRole("link", { name: "lobby" }).waitFor();
  expect(await violations(person)).toEqual([]);
  await person.getByRole("link", { name: "lobby" }).click();
  await person.getByRole("textbox", { name: "Message to lobby" }).waitFor();
});
