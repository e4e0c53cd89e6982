import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { startRoomcast } from "../../support/roomcast.ts";
import { visitor } from "./fixture/chat-site.ts";

/** First the one is said, and after some attempts the other. */
const CUT_OFF = /The connection was lost|The server does not answer/;

let browser: Browser;
let data: string;
beforeAll(async () => {
  browser = await launchBrowser();
  data = await mkdtemp(join(tmpdir(), "roomcast-restarted-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(data, { recursive: true, force: true });
});

test("two people talk on when the server is started anew under them, and miss nothing of what was said before", async () => {
  const first = await startRoomcast({ data });
  const people = await Promise.all([first, first].map(({ site }) => visitor(browser)(`${site}#/room/lasting`)));
  onTestFinished(async () => {
    for (const person of people) await person.context().close();
  });
  const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
  await ann.enter("ann");
  await bob.enter("bob");
  await ann.say("before");
  await bob.log.getByText("before").waitFor();

  await first.stop();
  for (const person of people) await person.getByText(CUT_OFF).waitFor();
  await bob.say("written meanwhile");
  await bob.getByText("Sending…").waitFor();

  const second = await startRoomcast({ data, port: Number(new URL(first.endpoint).port) });
  onTestFinished(second.stop);
  await ann.log.getByText("written meanwhile").waitFor();
  await ann.say("after");
  for (const person of people) {
    await expect.poll(() => person.texts()).toEqual(["before", "written meanwhile", "after"]);
    await person.getByText(CUT_OFF).waitFor({ state: "hidden" });
    await expect.poll(() => person.getByText("Sending…").count()).toBe(0);
    expect(person.complaints).toEqual([]);
  }
});
