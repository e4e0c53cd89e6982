import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { largeMessage } from "./fixture/large-message.ts";
import { messageId, recipient, running, story, summary } from "./fixture/messages.ts";
import { opener } from "./fixture/open.ts";
import { overview } from "./fixture/overview.ts";
import { startFixture } from "./fixture/server.ts";

let fixture: Awaited<ReturnType<typeof startFixture>>;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.stop());

const open = (path = "") => opener(browser, fixture.url)(path);
const text = (selector: string) => (page: Awaited<ReturnType<typeof open>>) => page.locator(selector).innerText();

test("messages show as they pass, and their receipts as they come", async () => {
  const page = await open();
  await page.getByText("No messages yet. Try: npm run chat").waitFor();
  fixture.tell("message", running(7));
  await page.getByRole("row", { name: /lobby #7 ann on its way/ }).waitFor();
  fixture.tell("message", summary(7));
  await page.getByRole("row", { name: /lobby #7 ann all 48 212 ms/ }).waitFor();
});

test("messages that are held stay as they are until they go on", async () => {
  fixture.known.messages = [summary(1)];
  const page = await open();
  await page.getByRole("row", { name: /lobby #1/ }).waitFor();
  await page.getByRole("button", { name: "Hold" }).click();
  fixture.tell("message", summary(2));
  fixture.tell("overview", overview({ deliveriesPerSecond: 77 }));
  await page.getByText("77", { exact: true }).waitFor();
  expect(await page.getByRole("row", { name: /lobby #2/ }).count()).toBe(0);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("row", { name: /lobby #2/ }).waitFor();
});

test("what needs attention is told with where the runbook tells of it, and that all is quiet when it is", async () => {
  const page = await open();
  await page.getByText("All quiet. No alarm rings").waitFor();
  const alarms = fixture.known.overview.alarms.map((alarm) => ({ ...alarm, state: "ALARM" as const }));
  fixture.tell("overview", overview({ alarms, deadLetters: [{ queue: "undelivered", count: 3 }] }));
  const attention = page.getByRole("list", { name: "What needs attention" });
  await attention.getByText("docs/operations.md#there-are-dead-letters").waitFor();
  await attention.getByRole("link", { name: "3 dead letters in undelivered" }).click();
  await page.getByRole("heading", { name: "Dead letters", level: 1 }).waitFor();
});

test("quotas say how near they are", async () => {
  const page = await open();
  const quota = page.getByRole("meter", { name: "Functions that run at once" });
  expect(await quota.getAttribute("aria-valuetext")).toBe("740 of 1,000 at once");
});

test("a lost connection is told, and comes back by itself with what was missed", async () => {
  const page = await open();
  await page.getByText("Connected", { exact: true }).waitFor();
  await fixture.goAway();
  await page.getByRole("status").getByText("The connection to the runtime is lost.").waitFor();
  fixture.known.messages = [summary(5)];
  await fixture.comeBack();
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.getByRole("row", { name: /lobby #5/ }).waitFor();
  expect(await page.getByText("is lost").count()).toBe(0);
});

test("a message that is still running becomes its receipt on the page", async () => {
  fixture.known.stories.set(messageId(1), story([recipient(1, { outcome: "waiting" })], { summary: running(1) }));
  const page = await open(`/messages/${messageId(1)}`);
  expect(await text("h1")(page)).toBe("On its way");
  fixture.known.stories.set(messageId(1), largeMessage());
  fixture.tell("message", largeMessage().summary);
  await page.getByRole("heading", { name: "Delivered to 9,998 of 10,000 in 1.4 s" }).waitFor();
});

test("a message that is not in the record yet shows up when it is", async () => {
  const page = await open(`/messages/${messageId(1)}`);
  await page.getByText("This message is not in the record").waitFor();
  fixture.known.stories.set(messageId(1), story([recipient(1)]));
  await page.getByRole("heading", { name: "Delivered to all 48" }).waitFor();
});

test("a room's page hears of the room's messages only", async () => {
  const page = await open("/rooms/lobby");
  await page.getByText("npm run chat -- --room lobby").waitFor();
  fixture.tell("message", summary(1, { room: "games" }));
  fixture.tell("message", summary(2));
  await page.getByRole("row", { name: /#2/ }).waitFor();
  expect(await page.getByRole("row").count()).toBe(2);
});
