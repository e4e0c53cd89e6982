import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let browser: Browser;
beforeAll(async () => {
  [roomcast, browser] = await Promise.all([startRoomcast(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await roomcast?.stop();
});

/** What a page does with nothing but the browser's own WebSocket. */
const joining = `
  window.frames = [];
  window.talk = (endpoint, secret) => new Promise((resolve, reject) => {
    window.socket = new WebSocket(endpoint + "?room=lobby&name=" + secret, ["roomcast.v1", "client." + secret]);
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      // Who is there is told at its own time.
      if (frame.type !== "presence") window.frames.push(frame);
    };
    socket.onopen = () => resolve(socket.protocol);
    socket.onerror = () => reject(new Error("refused"));
  });`;

/** A person's own browser window. */
const openPage = async (name: string) => {
  const page = await (await browser.newContext()).newPage();
  // A page of the same origin that no policy holds to itself, as the chat page is held.
  await page.goto(`${roomcast.origin}/healthz`);
  await page.evaluate(joining);
  const secret = `${name}-and-twenty-two-random-characters`;
  return { page, protocol: await page.evaluate(`talk("${roomcast.endpoint}", "${secret}")`) };
};

test("two people in browsers talk: the subprotocol is agreed on, the message arrives, the sender gets the ack", async () => {
  const [ann, bob] = [await openPage("ann"), await openPage("bob")];
  expect([ann.protocol, bob.protocol]).toEqual(["roomcast.v1", "roomcast.v1"]);
  await ann.page.evaluate(`socket.send(JSON.stringify({ message: "publish", data: "こんにちは", ref: "r1" }))`);
  await bob.page.waitForFunction("frames.length === 1");
  await ann.page.waitForFunction("frames.length === 1");
  expect(await bob.page.evaluate("frames")).toMatchObject([
    { type: "message", room: "lobby", data: "こんにちは", seq: 1 },
  ]);
  expect(await ann.page.evaluate("frames")).toMatchObject([{ type: "ack", ref: "r1", seq: 1 }]);
});

test("a page is refused a connection that is asked for wrongly", async () => {
  const page = await browser.newPage();
  // A page of the same origin that no policy holds to itself, as the chat page is held.
  await page.goto(`${roomcast.origin}/healthz`);
  await page.evaluate(joining);
  await expect(page.evaluate(`talk("${roomcast.endpoint}", "guessed")`)).rejects.toThrow("refused");
});
