import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { largeMessage } from "./fixture/large-message.ts";
import { connectionId, messageId } from "./fixture/messages.ts";
import { opener } from "./fixture/open.ts";
import { startFixture } from "./fixture/server.ts";

let fixture: Awaited<ReturnType<typeof startFixture>>;
let browser: Browser;
beforeAll(async () => {
  const stories = new Map([[messageId(1), largeMessage()]]);
  [fixture, browser] = await Promise.all([startFixture({ stories }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await fixture?.stop();
});

const open = (part = "") => opener(browser, fixture.url)(`/messages/${messageId(1)}${part}`);
type Page = Awaited<ReturnType<typeof open>>;

const rowsInDocument = (page: Page) => page.locator(".recipients tbody:not([aria-hidden]) tr").count();
const table = (page: Page) => page.getByRole("region", { name: "Recipients" });

test("of 10,000 recipients only those in view are in the document, by keyboard down to the last", async () => {
  const page = await open();
  await table(page).getByText(connectionId(0)).waitFor();
  expect(await rowsInDocument(page)).toBeLessThan(100);
  await table(page).focus();
  await page.keyboard.press("End");
  await table(page).getByText(connectionId(9_999)).waitFor();
  expect(await rowsInDocument(page)).toBeLessThan(100);
  expect(await table(page).getByText(connectionId(0)).count()).toBe(0);
  const last = page.getByRole("row", { name: connectionId(9_999) });
  expect(await last.getAttribute("aria-rowindex")).toBe("10001");
});

test("recipients are narrowed to an outcome, and found by a part of their id", async () => {
  const page = await open();
  await page.getByText("Failed 1").click();
  const failed = page.getByRole("row", { name: connectionId(4_711) });
  expect(await failed.innerText()).toMatch(/failed.*6.*PostTimeout/s);
  expect(await rowsInDocument(page)).toBe(1);
  await page.getByText("All 10,000").click();
  await page.getByRole("searchbox", { name: "Connection id or error" }).fill("9998");
  await expect.poll(() => rowsInDocument(page)).toBe(1);
  await page.getByRole("searchbox", { name: "Connection id or error" }).fill("nobody");
  await page.getByText("No recipient is like that.").waitFor();
});

test("a list that is narrowed far down is shown from its beginning", async () => {
  const page = await open();
  await table(page).focus();
  await page.keyboard.press("End");
  await table(page).getByText(connectionId(9_999)).waitFor();
  await page.getByText("Gone 1").click();
  await table(page).getByText(connectionId(815)).waitFor();
});

test("the tabs are moved between with the arrow keys, and the address names the one that is shown", async () => {
  const page = await open();
  await page.getByRole("tab", { name: "Recipients" }).focus();
  await page.keyboard.press("ArrowRight");
  expect(page.url()).toMatch(/#trace$/);
  await page.keyboard.press("End");
  await page.getByRole("tab", { name: "Dead letters", selected: true }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tab", { name: "Recipients", selected: true }).waitFor();
});

test("the trace marks its critical path, and opens what it drew as one", async () => {
  const page = await open("#trace");
  const posts = page.getByRole("button", { name: /post × 20.*on the critical path.*throttled/ });
  expect(await posts.getAttribute("aria-expanded")).toBe("false");
  await posts.click();
  // Themselves, below the row that stands for all of them.
  await expect.poll(() => page.getByRole("row", { name: /^post\b/ }).count()).toBe(1 + 20);
  await page.getByRole("checkbox", { name: "Critical path only" }).check();
  expect(await page.getByRole("row", { name: /DynamoDB/ }).count()).toBe(0);
  expect(await page.getByRole("row", { name: /room-fanout/ }).count()).toBe(1);
});

test("the execution is drawn as the machine is, states of a Map within it, with what was entered and what failed", async () => {
  const page = await open("#execution");
  const graph = page.getByRole("img", { name: /The states of Roomcast-dev-room-segment/ });
  expect(await graph.locator(".map .state-box", { hasText: "Post" }).first().textContent()).toContain(
    "10,003 · 4 failed",
  );
  const states = page.getByRole("region", { name: "Roomcast-dev-room-segment", exact: true });
  expect(await states.getByRole("row", { name: /^Post Task/ }).innerText()).toMatch(/10,003\s+4\s/);
});

test("log lines are narrowed to a level, and unfold their details", async () => {
  const page = await open("#log");
  await page.getByText("Errors 1").click();
  await expect.poll(() => page.locator(".log li").count()).toBe(1);
  await page.getByText("The invocation failed.").click();
  await page.getByText("No answer within 2 s.").waitFor();
});

test("a message id that is pasted anywhere on the console leads to its receipt", async () => {
  const page = await opener(browser, fixture.url)("");
  await page.keyboard.press("/");
  await page.keyboard.insertText(`"id":"${messageId(1)}"`);
  const started = performance.now();
  await page.keyboard.press("Enter");
  await table(page).getByText(connectionId(0)).waitFor();
  // Told, and not held to a time: the machine may be busy.
  process.stdout.write(`From a paste to 10,000 recipients: ${Math.round(performance.now() - started)} ms.\n`);
  expect(await page.evaluate("document.activeElement.textContent")).toContain("Delivered to 9,998 of 10,000");
});
