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

const heightOf = (log: { readonly scrollHeight: number }) => log.scrollHeight;

/** Messages of many heights. */
const text = (number: number) => `message ${number}. ${"words ".repeat((number * 7) % 90)}`;

test("history comes as one scrolls up, and what is read stays where it is", async () => {
  const { server, person } = await scriptedPage(browser);
  for (let number = 1; number <= 200; number++) server.says(text(number));
  await person.getByLabel("Your name").fill("ann");
  await person.getByRole("button", { name: "Start" }).click();
  await person.log.getByText("message 200.").waitFor();
  const held: AskedFrame[] = [];
  server.answers((frame) => {
    if (frame.message !== "history") return "usual";
    held.push(frame);
    return "nothing";
  });
  await person.log.hover();
  for (let turns = 0; turns < 100 && held.length === 0; turns++) await person.mouse.wheel(0, -400);
  await expect.poll(() => held.length).toBe(1);
  await person.log.getByText("Loading older messages…").waitFor({ state: "attached" });

  /** The message at the top of what is seen, and where it stands. */
  const firstSeen = `(() => {
    const top = document.querySelector("[role=log]").getBoundingClientRect().top;
    const seen = [...document.querySelectorAll("[role=log] .text")].find((row) => row.getBoundingClientRect().top > top);
    return { text: seen.textContent, at: seen.getBoundingClientRect().top };
  })()`;
  const look = () => person.evaluate<{ text: string; at: number }>(firstSeen);
  // Until the wheel's last turn has been drawn.
  await expect.poll(async () => (await look()).at - (await look()).at).toBe(0);
  const before = await look();
  const height = await person.log.evaluate(heightOf);
  server.answers(() => "usual");
  for (const frame of held) server.send({ ref: frame.ref, ...server.usual(frame) });
  await expect.poll(() => person.log.evaluate(heightOf)).toBeGreaterThan(height);
  const after = await look();
  expect(after.text).toBe(before.text);
  expect(Math.abs(after.at - before.at)).toBeLessThan(1.5);
});

/** Somebody in a room of 120 messages, whose keys go to the list of them. */
const atTheKeyboard = async () => {
  const { server, person } = await scriptedPage(browser);
  for (let number = 1; number <= 120; number++) server.says(text(number));
  await person.getByLabel("Your name").fill("ann");
  await person.keyboard.press("Enter");
  await person.log.getByText("message 120.").waitFor();
  await person.log.focus();
  return { server, person };
};

test("by the keyboard one comes to the beginning of the room and back to its end", async () => {
  const { person } = await atTheKeyboard();
  await expect
    .poll(async () => {
      await person.keyboard.press("Home");
      return person.log.getByText("message 1.").isVisible();
    })
    .toBe(true);
  await person.getByText("This is where lobby begins.").waitFor();
  await person.getByRole("button", { name: "To the newest" }).press("Enter");
  await person.log.getByText("message 120.").waitFor();
  await expect.poll(() => person.getByRole("button", { name: "To the newest" }).count()).toBe(0);
});

/** Goes to the end as soon as there is a way there, and tells how far from it the list is once it stands still. */
const toEndAtOnce = `new Promise((resolve) => {
  const log = document.querySelector("[role=log]");
  let from;
  let still = 0;
  const look = () => {
    const button = document.querySelector(".to-newest");
    if (from === undefined) button?.click();
    still = log.scrollTop === from ? still + 1 : 0;
    if (button || from !== undefined) from = log.scrollTop;
    if (still < 30) requestAnimationFrame(look);
    else resolve(log.scrollHeight - log.scrollTop - log.clientHeight);
  };
  look();
})`;

test("a scroll that still runs when one goes to the end does not lead away from there, and a new one does", async () => {
  const { person } = await atTheKeyboard();
  const standsFromEnd = person.evaluate<number>(toEndAtOnce);
  await person.keyboard.press("Home");
  expect(await standsFromEnd).toBeLessThan(2);
  const toNewest = person.getByRole("button", { name: "To the newest" });
  expect(await toNewest.count()).toBe(0);
  await person.keyboard.press("Home");
  await toNewest.waitFor();
});

test("of ten thousand messages a few dozen are in the page, and any can be scrolled to", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  for (let number = 1; number <= 10_000; number++) server.send(server.says(`message ${number}.`));
  await person.log.getByText("message 10000.").waitFor();
  const rows = () => person.log.getByRole("listitem").count();
  expect(await rows()).toBeLessThan(100);
  await person.log.evaluate((log: { scrollTop: number; readonly scrollHeight: number }) => {
    log.scrollTop = log.scrollHeight / 2;
  });
  await person.log
    .getByText(/^message (49|50)\d\d\.$/)
    .first()
    .waitFor();
  expect(await rows()).toBeLessThan(100);
  server.send(server.says("one more"));
  await person.getByRole("button", { name: "1 new message" }).click();
  await person.log.getByText("one more").waitFor();
  expect(person.complaints).toEqual([]);
});

test("links can be followed and know nothing of us; all else is text", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  const hostile = `<img src=x onerror="document.title='taken'"> javascript:alert(1)`;
  server.send(server.says(hostile));
  server.send(server.says({ text: "see https://example.com/a." }));
  const link = person.log.getByRole("link");
  await link.waitFor();
  const attributes = await Promise.all(["href", "rel", "target"].map((name) => link.getAttribute(name)));
  expect(attributes).toEqual(["https://example.com/a", "noopener noreferrer", "_blank"]);
  expect(await link.textContent()).toBe("https://example.com/a");
  expect(await person.texts()).toEqual([hostile, "see https://example.com/a."]);
  expect(await person.log.locator("img").count()).toBe(0);
});

test("a screen reader is told what comes, and of many at once only how many", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  const announced = person.locator("[aria-live=polite]");
  server.send(server.says("hello"));
  await announced.getByText("bob: hello").waitFor();
  const many = Array.from({ length: 5 }, (_, index) => server.says(`many ${index}`));
  for (const message of many.toReversed()) server.send(message);
  await announced.getByText("5 new messages").waitFor();
  expect(await person.log.getAttribute("aria-live")).toBe("off");
});

test("what is no longer kept is told where it would be", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  server.send(server.says("before"));
  await person.log.getByText("before").waitFor();
  for (let number = 0; number < 5; number++) server.says("gone");
  server.forgetsBelow(7);
  server.send(server.says("after"));
  await person.log.getByText("5 messages are no longer kept").waitFor();
  expect(await person.texts()).toEqual(["before", "after"]);
});
