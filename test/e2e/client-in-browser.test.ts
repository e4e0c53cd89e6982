import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { interruptibleProxy } from "../support/interruptible-proxy.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let browser: Browser;
let script: string;
beforeAll(async () => {
  [roomcast, browser] = await Promise.all([startRoomcast(), launchBrowser()]);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../client/index.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "roomcast",
    write: false,
  });
  script = outputFiles[0]!.text;
});
afterAll(async () => {
  await browser?.close();
  await roomcast?.stop();
});

/** A person's own browser window, with the client in it. */
const openPage = async () => {
  const page = await (await browser.newContext()).newPage();
  // A page of the same origin that no policy holds to itself, as the chat page is held.
  await page.goto(`${roomcast.origin}/healthz`);
  await page.addScriptTag({ content: script });
  return page;
};

/** Connects in a page and joins a room; what is said there is then in `said`. */
const joining = (endpoint: string, name: string, room: string) => `
  window.said = [];
  window.chat = roomcast.connect("${endpoint}", { name: "${name}" });
  window.room = chat.join("${room}");
  void (async () => { for await (const { data } of room) said.push(data); })();`;

test("two people in browsers talk; the one who was cut off meanwhile has it all, in order", async () => {
  const network = await interruptibleProxy(roomcast.endpoint);
  const [ann, bob] = [await openPage(), await openPage()];
  await ann.evaluate(joining(roomcast.endpoint, "ann", "lobby"));
  await bob.evaluate(joining(network.endpoint, "bob", "lobby"));
  await bob.waitForFunction("room.state === 'joined'");
  await ann.evaluate("room.publish('こんにちは')");
  await bob.waitForFunction("said.length === 1");
  network.interrupt();
  await ann.evaluate("(async () => { for (let n = 1; n <= 20; n++) await room.publish({ n }); })()");
  network.restore();
  await bob.waitForFunction("said.length === 21");
  const all = ["こんにちは", ...Array.from({ length: 20 }, (_, index) => ({ n: index + 1 }))];
  expect([await ann.evaluate("said"), await bob.evaluate("said")]).toEqual([all, all]);
  await Promise.all([ann.evaluate("chat.close()"), bob.evaluate("chat.close()")]);
  await network.stop();
});

test("a page that comes back to its network connects without waiting for a timer", async () => {
  const network = await interruptibleProxy(roomcast.endpoint);
  const page = await openPage();
  const standing = "{ clock: { now: () => 0, after: () => () => {} } }";
  await page.evaluate(`window.chat = roomcast.connect("${network.endpoint}", { needs: ${standing} })`);
  await page.waitForFunction("chat.state === 'open'");
  network.interrupt();
  await page.waitForFunction("chat.state === 'connecting'");
  network.restore();
  await page.evaluate("dispatchEvent(new Event('online'))");
  await page.waitForFunction("chat.state === 'open'");
  await network.stop();
});
