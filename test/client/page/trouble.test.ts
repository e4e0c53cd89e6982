import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { interruptibleProxy } from "../../support/interruptible-proxy.ts";
import { startRoomcast } from "../../support/roomcast.ts";
import { withoutLimits } from "../../support/without-limits.ts";
import { serveChatPage, visitor } from "./fixture/chat-site.ts";

/** Refuses what says "please fail", the first time. */
const refusingPublish = `
  let refused = 0;
  export const handler = (event, context) => {
    const { data, ref } = JSON.parse(event.body);
    if (data !== "please fail" || refused++ > 0) return real.handler(event, context);
    return { statusCode: 200, body: JSON.stringify({ type: "error", code: "FORBIDDEN", reason: "because", ref }) };
  };`;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let browser: Browser;
beforeAll(async () => {
  [roomcast, browser] = await Promise.all([
    startRoomcast({ wrapped: { publish: refusingPublish }, change: withoutLimits }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await roomcast?.stop();
});

/** Somebody whose network a test may interrupt. */
const arrives = async (path: string, height = 700) => {
  const network = await interruptibleProxy(roomcast.endpoint);
  const site = await serveChatPage(network.endpoint);
  const person = await visitor(browser)(site.url + path, { viewport: { width: 1100, height } });
  onTestFinished(async () => {
    await person.context().close();
    await Promise.all([site.stop(), network.stop()]);
    expect(person.complaints).toEqual([]);
  });
  return { person, network };
};

test("who was without a network has all 50 messages of that time, in order, and what was written then is sent", async () => {
  // High enough for all of them: what is far from the screen is not in the page.
  const { person, network } = await arrives("#/room/away", 2_400);
  const { person: ann } = await arrives("#/room/away");
  await person.enter("bob");
  await ann.enter("ann");
  await ann.say("before");
  await person.log.getByText("before").waitFor();
  network.interrupt();
  await person.getByText("The connection was lost.").waitFor();
  await person.say("written meanwhile");
  await person.getByText("Sending…").waitFor();
  const meanwhile = Array.from({ length: 50 }, (_, index) => `message ${index + 1}`);
  const carl = await roomcast.connect({ room: "away", name: "carl" });
  for (const data of meanwhile) await carl.ask({ message: "publish", data });
  await carl.close();
  await ann.log.getByText("message 50").waitFor();
  network.restore();
  // As a browser says it whose network is back.
  await person.evaluate("dispatchEvent(new Event('online'))");
  await person.getByText("The connection was lost.").waitFor({ state: "hidden" });
  await expect
    .poll(async () => (await person.texts()).slice(-51), { timeout: 20_000 })
    .toEqual([...meanwhile, "written meanwhile"]);
  await ann.log.getByText("written meanwhile").waitFor();
});

test("a message that is refused says so and stays, until it is sent again", async () => {
  const { person } = await arrives("#/room/refused");
  await person.enter("ann");
  await person.say("please fail");
  await person.getByText("Not sent. You are not allowed to.").waitFor();
  await person.say("another");
  await person.getByRole("button", { name: "Try again" }).click();
  await person.getByText("Not sent.").waitFor({ state: "hidden" });
  await expect.poll(() => person.getByText("Sending…").count()).toBe(0);
  expect(await person.texts()).toEqual(["another", "please fail"]);
  await person.reload();
  await expect.poll(() => person.texts()).toEqual(["another", "please fail"]);
});
