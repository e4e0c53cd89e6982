import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { opener } from "../console/page/fixture/open.ts";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { withoutPresence } from "../support/without-presence.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let browser: Browser;
/** Traces every message, not only some, and posts no news of who joined: a fault might strike that instead. */
const change = (template: Template) => {
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (variables?.TRACED_PERCENT) variables.TRACED_PERCENT = "100";
  }
  withoutPresence(template);
};

beforeAll(async () => {
  [roomcast, browser] = await Promise.all([startRoomcast({ change }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await roomcast?.stop();
});

const openConsole = (path = "") => opener(browser, `${roomcast.origin}/console`)(path);

/** People in a room, of whom the first says something. */
const talk = async (room: string, people: number) => {
  const members = await Promise.all(
    Array.from({ length: people }, (_, n) => roomcast.connect({ room, name: `${room}-${n}` })),
  );
  const [author] = members;
  const { id } = await author!.ask({ message: "publish", data: "A secret that no operator may read" });
  await Promise.all(members.slice(1).map((member) => member.next({ type: "message" })));
  return { id: String(id), members };
};

/** What is on the screen, for whoever looks or listens. */
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

test("from a message's id to its receipt in one paste: who got it, the trace, the execution, the log", async () => {
  const { id } = await talk("lobby", 4);
  const page = await openConsole();
  await page.getByRole("row", { name: /lobby #1 lobby-0 all 3/ }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.insertText(id);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^Delivered to all 3 in \d+(\.\d)? m?s$/, level: 1 }).waitFor();
  await expect.poll(() => page.locator(".recipients tbody tr", { hasText: "delivered" }).count()).toBe(3);

  await page.getByRole("tab", { name: "Trace" }).click();
  await page
    .getByRole("row", { name: /^publish.*on the critical path/ })
    .first()
    .waitFor();

  await page.getByRole("tab", { name: "Execution" }).click();
  const machine = page.getByRole("region", { name: "Roomcast-dev-room-fanout", exact: true });
  expect(await machine.getByRole("row", { name: /^Post Task 3 / }).count()).toBe(1);
  expect(await machine.getByRole("img").locator(".map .state-box", { hasText: "Task · 3" }).count()).toBe(1);

  await page.getByRole("tab", { name: "Log" }).click();
  await says(page, "Posted.");
  expect(await page.content()).not.toContain("secret");
  expect(page.complaints).toEqual([]);
});

test("everything is reached without a mouse", async () => {
  await talk("keys", 2);
  const page = await openConsole();
  await page.getByRole("link", { name: "keys #1" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the page");
  await page.keyboard.press("Enter");
  const here = () =>
    page.evaluate<string>("document.activeElement.matches('a, button') ? document.activeElement.textContent : ''");
  for (let stops = 0; stops < 20 && !/#\d/.test(await here()); stops += 1) await page.keyboard.press("Tab");
  expect(await here()).toBe("keys #1");
  await page.keyboard.press("ArrowDown");
  expect(await here()).not.toBe("keys #1");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^Delivered to its one recipient/ }).waitFor();
  for (let stops = 0; stops < 20 && !(await here()).startsWith("Recipients"); stops += 1)
    await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tab", { name: "Execution", selected: true }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toMatch(/^Graph of /);
});

test("a fault that is switched on in the console strikes, and the receipt tells of it", async () => {
  const page = await openConsole("/faults");
  const form = page.getByRole("form", { name: /post\.throttle/ });
  const when = form.getByRole("textbox");
  await when.fill("twice");
  await when.press("Enter");
  await page.getByRole("alert").getByText("twice").waitFor();
  await when.fill("#1");
  await when.press("Enter");
  await says(page, "on, #1");
  const { id } = await talk("games", 3);
  await page.goto(`${roomcast.origin}/console/messages/${id}`);
  await page.getByRole("heading", { name: /^Delivered to all 2 in .*; 1 was throttled first$/ }).waitFor();
  await page.getByText("Retried 1").click();
  await page.getByRole("row", { name: /delivered .* 2 LimitExceededException/ }).waitFor();
});

test.each(["", "/rooms/lobby", "/dead-letters", "/faults"])(
  "%s of a running Roomcast is usable by all, dark too",
  async (path) => {
    const page = await openConsole(path);
    await page.getByText("Connected", { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
  },
);
