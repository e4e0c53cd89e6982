import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { synthesize } from "../../local/synthesize.ts";
import { visitor } from "../client/page/fixture/chat-site.ts";
import { launchBrowser } from "../support/browser.ts";
import { connectMember } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The runtime with this configuration, until the test is finished. */
const started = async (context: Readonly<Record<string, string>> = {}) => {
  const roomcast = await startRoomcast({ synthesize: (outdir) => synthesize(outdir, context) });
  onTestFinished(roomcast.stop);
  return roomcast;
};

/** Two people on the page, of whom one says something; whatever name of this machine they come by. */
const talk = async (...addresses: readonly [string, string]) => {
  const people = await Promise.all(addresses.map((address) => visitor(browser)(address)));
  const [ann, bob] = people;
  await ann!.enter("Ann", "lobby");
  await bob!.enter("Bob", "lobby");
  await ann!.say("hello");
  await bob!.log.getByText("hello").waitFor();
  const complaints = people.flatMap((person) => person.complaints);
  await Promise.all(people.map((person) => person.context().close()));
  return complaints;
};

test("a browser that opens the runtime finds the page and chats on it, under the policy that the template gives it", async () => {
  const { site, origin } = await started();
  expect(site).toBe(`${origin}/`);
  const { headers } = await fetch(origin);
  expect(headers.get("content-security-policy")).toContain(`connect-src 'self' ${origin.replace("http", "ws")};`);
  expect(await talk(origin, origin.replace("127.0.0.1", "localhost"))).toEqual([]);
});

test("where pages are held to their origins the runtime's own page is let in, and a page of elsewhere is not", async () => {
  const { origin, endpoint } = await started({ allowedOrigins: "https://a.example" });
  expect(await talk(origin, origin)).toEqual([]);
  const from = (page: string) => connectMember(endpoint, {}, { headers: { origin: page } });
  await (await from("https://a.example")).close();
  await expect(from("https://b.example")).rejects.toThrow("403");
});

test("switched off, the stack has no page, and the port says where clients connect", async () => {
  const { site, origin, endpoint, outputs } = await started({ chatPage: "false" });
  expect([site, outputs.ChatPage]).toEqual([undefined, undefined]);
  expect(await (await fetch(origin)).text()).toBe(`The stack runs. WebSocket clients connect to ${endpoint}\n`);
  expect((await fetch(`${origin}/config.json`)).status).toBe(404);
});
