import { exec } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { serveStatic } from "../support/static-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [, page = ""] = /^```html\n(.*?)^```/ms.exec(await readFile(`${root}/client/README.md`, "utf8")) ?? [];

/** The client by the very command of `npm run build:client`, but elsewhere: other tests read and write `dist`. */
const builtClient = async (): Promise<string> => {
  const { scripts } = JSON.parse(await readFile(`${root}/package.json`, "utf8"));
  const [command = ""] = scripts["build:client"].split(" --outfile=");
  const { stdout } = await promisify(exec)(`npx ${command}`, { cwd: root });
  return stdout;
};

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;
beforeAll(async () => {
  [roomcast, browser] = await Promise.all([startRoomcast(), launchBrowser()]);
  const html = page.replace(/wss:[^"]*/, roomcast.endpoint);
  site = await serveStatic(
    [
      { name: "index.html", contentType: "text/html", contents: html },
      { name: "index.js", contentType: "text/javascript", contents: await builtClient() },
    ],
    {},
  );
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await roomcast?.stop();
});

/** Somebody who opens the page in a browser of their own, and tells it their name. */
const visitor = async (name: string) => {
  const person = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  person.on("pageerror", (error) => complaints.push(String(error)));
  person.on("dialog", (dialog) => dialog.accept(name));
  await person.goto(site.url);
  return Object.assign(person, {
    complaints,
    say: async (text: string) => {
      await person.getByRole("textbox", { name: "Message" }).fill(text);
      await person.getByRole("button", { name: "Send" }).click();
    },
    hears: (line: string) => person.getByRole("log").filter({ hasText: line }).waitFor(),
    seen: () => person.getByRole("log").textContent(),
  });
};

test("the page has ten lines", () => {
  expect(page.trim().split("\n")).toHaveLength(10);
});

test("two people talk on the page of the client's README, and text stays text", async () => {
  const [ann, bob] = [await visitor("ann"), await visitor("bob")];
  // Whoever is in the room gets what is said from then on: bob's own first message shows him that he is.
  await bob.say("bob is here");
  await bob.hears("bob: bob is here");
  const hostile = `<img src=x onerror="document.title='taken'">`;
  await ann.say(hostile);
  await bob.hears("ann: ");
  expect(await bob.seen()).toBe(`bob: bob is here\nann: ${hostile}\n`);
  await bob.say("hello ann");
  await ann.hears("bob: hello ann");
  for (const person of [ann, bob]) {
    expect(await person.getByRole("log").locator("*").count()).toBe(0);
    expect([await person.title(), person.complaints]).toEqual(["Lobby", []]);
  }
});
