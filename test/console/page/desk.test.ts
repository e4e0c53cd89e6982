import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { opener } from "./fixture/open.ts";
import { deadLetter, faults, overview } from "./fixture/overview.ts";
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

const open = (path: string) => opener(browser, fixture.url)(path);

test("dead letters are chosen, what would be sent is shown, and only then is it sent", async () => {
  fixture.known.deadLetters = [deadLetter(1), deadLetter(2, { connections: 5 })];
  const page = await open("/dead-letters");
  await page.getByRole("checkbox", { name: "Choose letter-2" }).check();
  await page.getByRole("button", { name: "See what would be sent" }).click();
  const shown = page.getByRole("region", { name: "What would be sent" });
  await shown.getByText("Would post to 5 connections.").waitFor();
  expect(fixture.known.deadLetters).toHaveLength(2);
  await page.getByRole("button", { name: "Send 1 letter again" }).click();
  await page.getByRole("region", { name: "What was sent" }).getByText("Posted to 5 connections.").waitFor();
  expect(fixture.known.deadLetters).toEqual([deadLetter(1)]);
  await expect.poll(() => page.getByRole("checkbox", { name: "Choose letter-2" }).count()).toBe(0);
});

test("Escape leaves the dry run, and nothing is sent", async () => {
  fixture.known.deadLetters = [deadLetter(1)];
  const page = await open("/dead-letters");
  await page.getByRole("checkbox", { name: "Choose all" }).check();
  await page.getByRole("button", { name: "See what would be sent" }).press("Enter");
  await page.getByRole("button", { name: "Send 1 letter again" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("button", { name: "Send 1 letter again" }).count()).toBe(0);
  expect(fixture.known.deadLetters).toHaveLength(1);
});

test("dead letters that come while the page is open show up", async () => {
  const page = await open("/dead-letters");
  await page.getByText("No dead letters. Everything that was posted came to its end.").waitFor();
  fixture.known.deadLetters = [deadLetter(1)];
  fixture.tell("overview", overview({ deadLetters: [{ queue: "undelivered", count: 1 }] }));
  await page.getByRole("checkbox", { name: "Choose letter-1" }).waitFor();
});

test("a fault is switched on and off, and a wrong value is explained by the runtime", async () => {
  const page = await open("/faults");
  const form = page.getByRole("form", { name: /post\.throttle/ });
  const when = form.getByRole("textbox", { name: "When post.throttle strikes" });
  await when.fill("often");
  await when.press("Enter");
  await page.getByRole("alert").getByText("post.throttle=often: a share such as 5% may stand there.").waitFor();
  expect(await when.getAttribute("aria-invalid")).toBe("true");
  await when.fill("20%");
  await form.getByRole("button", { name: "Switch on" }).click();
  await page.getByText("on, 20%").waitFor();
  expect(fixture.known.overview.faults).toEqual(faults({ "post.throttle": "20%" }));
  await form.getByRole("button", { name: "Switch off" }).click();
  await expect.poll(() => page.getByText("on, 20%").count()).toBe(0);
});
