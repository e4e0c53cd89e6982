import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { buildChatPage } from "../../../client/page/build.ts";
import { launchBrowser } from "../../support/browser.ts";
import { serveStatic } from "../../support/static-server.ts";
import type { AskedFrame } from "../scripted-server.ts";
import { visitor } from "./fixture/chat-site.ts";
import { scriptedPage } from "./fixture/scripted-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test("whoever may not enter a room is told so, and may ask again or leave it", async () => {
  const { server, person } = await scriptedPage(browser, { path: "#/room/secret" });
  server.answers((frame) =>
    frame.message === "join" ? { type: "error", code: "FORBIDDEN", reason: "because" } : "usual",
  );
  await person.getByLabel("Your name").fill("ann");
  await person.getByRole("button", { name: "Start" }).click();
  await person.getByText("You are not in this room. You are not allowed to.").waitFor();
  expect(await person.getByRole("textbox", { name: "Message to secret" }).count()).toBe(0);
  await person.getByRole("button", { name: "Try again" }).click();
  await server.isAsked("join", 2);
  await person.getByText("You are not in this room.").waitFor();
  server.answers(() => "usual");
  await person.getByRole("button", { name: "Try again" }).click();
  await person.getByRole("textbox", { name: "Message to secret" }).waitFor();
  await person.getByText("You are not in this room.").waitFor({ state: "hidden" });
  await person.getByRole("button", { name: "Leave" }).click();
  await person.getByText("Join a room, or choose one of yours.").waitFor();
});

test("a gap that is being filled is shown, until it is filled", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  server.send(server.says("before"));
  await person.log.getByText("before").waitFor();
  for (let number = 1; number <= 3; number++) server.says(`missed ${number}`);
  const held: AskedFrame[] = [];
  server.answers((frame) => {
    // That of the client itself; the page asks for one message, to know how many there are.
    if (frame.message !== "history" || frame.limit === 1) return "usual";
    held.push(frame);
    return "nothing";
  });
  server.cut();
  await person.getByText("Fetching 3 messages that you missed…").waitFor();
  server.answers(() => "usual");
  for (const frame of held) server.send({ ref: frame.ref, ...server.usual(frame) });
  await person.getByText("Fetching").waitFor({ state: "hidden" });
  expect(await person.texts()).toEqual(["before", "missed 1", "missed 2", "missed 3"]);
});

test("a server that does not answer is said to be so", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  server.stop();
  await person.getByText("The connection was lost.").waitFor();
  await person.getByText("The server does not answer, or does not let you in.").waitFor();
});

test("a browser without a network says that one is offline", async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  await person.context().setOffline(true);
  server.cut();
  await person.getByText("You are offline.").waitFor();
  await person.context().setOffline(false);
  await person.getByText("You are offline.").waitFor({ state: "hidden" });
});

test("a page without a config.json says what is missing", async () => {
  const site = await serveStatic(await buildChatPage(), {});
  const person = await visitor(browser)(site.url);
  onTestFinished(async () => {
    await person.context().close();
    await site.stop();
  });
  await person.getByText("This page does not know its server.").waitFor();
});
