import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../support/axe.ts";
import { launchBrowser } from "../../support/browser.ts";
import { largeMessage } from "./fixture/large-message.ts";
import { messageId, running, summary } from "./fixture/messages.ts";
import { opener } from "./fixture/open.ts";
import { deadLetter, faults, overview } from "./fixture/overview.ts";
import { startFixture } from "./fixture/server.ts";

let fixture: Awaited<ReturnType<typeof startFixture>>;
let browser: Browser;
beforeAll(async () => {
  [fixture, browser] = await Promise.all([startFixture(busy), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await fixture?.stop();
});

const receipt = `/messages/${messageId(1)}`;
const busy = {
  overview: overview({
    alarms: overview().alarms.map((alarm) => ({ ...alarm, state: "ALARM" as const })),
    deadLetters: [{ queue: "undelivered", count: 2 }],
    faults: faults({ "post.throttle": "20%" }),
  }),
  messages: [running(3), summary(2), { ...running(1), state: "failed" as const }],
  stories: new Map([[messageId(1), largeMessage()]]),
  deadLetters: [deadLetter(1), deadLetter(2, { connections: 0, range: { from: "0", to: "4" } })],
};

test.each([
  ["what happens now", "", "Needs attention"],
  ["a room", "/rooms/lobby", "48 members"],
  ["the recipients of a message", receipt, "delivered"],
  ["a trace", `${receipt}#trace`, "Critical path only"],
  ["an execution", `${receipt}#execution`, "On average"],
  ["a log", `${receipt}#log`, "The invocation failed."],
  ["dead letters of a message", `${receipt}#dead-letters`, "PostTimeout"],
  ["a message that is not there", "/messages/none", "not in the record"],
  ["dead letters", "/dead-letters", "PostTimeout"],
  ["faults", "/faults", "post.throttle"],
  ["an address of nothing", "/elsewhere", "nothing here"],
])("%s: usable by all in light and dark, and no wider than a phone", async (_page, path, text) => {
  const page = await opener(browser, fixture.url)(path);
  await page.getByText(text).first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  // A chart has its new width with the next frame, not at once.
  await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  expect(page.complaints).toEqual([]);
  await page.context().close();
});
