import type { Browser, BrowserContextOptions } from "playwright-core";
import { onRuntime } from "../bench/on-runtime.ts";
import { converse, secretOf } from "./conversation.ts";
import { setHours } from "./hours.ts";
import { take } from "./images.ts";
import { SCENES, type Scene } from "./scenes.ts";

const desktop = { viewport: { width: 960, height: 640 } };
const phone = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true };
const LOOKS: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: "chat", options: { ...desktop, colorScheme: "light" } },
  { name: "chat-dark", options: { ...desktop, colorScheme: "dark" } },
  { name: "chat-phone", options: { ...phone, colorScheme: "light" } },
  { name: "chat-phone-dark", options: { ...phone, colorScheme: "dark" } },
];

/** Pictures of the chat page as somebody sees it who comes back to a room with people talking. */
export const photographChat = (browser: Browser): Promise<void> =>
  onRuntime(async ({ endpoint }) => {
    for (const scene of SCENES) {
      const { self, type, leave } = await converse(endpoint, scene);
      for (const { name, options } of LOOKS) {
        const page = await comeBack(browser, scene, self, endpoint, options);
        const stopTyping = type(scene.typist);
        await page.getByText(new RegExp(`^${scene.typist}.*…$`)).waitFor();
        await take(page, name + scene.suffix);
        stopTyping();
        await page.context().close();
      }
      await leave();
    }
  });

/** The page with what it kept in the browser from an earlier visit, in which the first room was read. */
const comeBack = async (
  browser: Browser,
  scene: Scene,
  self: string,
  endpoint: string,
  options: BrowserContextOptions,
) => {
  const [open, ...others] = scene.rooms;
  const kept = [
    ["name", scene.me],
    ["secret", secretOf(scene.me)],
    ["self", self],
    ["rooms", JSON.stringify(scene.rooms.map(({ name }) => name))],
    ...others.map(({ name }) => [`read.${name}`, "0"]),
  ];
  const context = await browser.newContext({
    ...options,
    locale: scene.locale,
    timezoneId: "UTC",
    deviceScaleFactor: 1.5,
    reducedMotion: "reduce",
    // The pages allow no style but their own, and so no frame.
    bypassCSP: true,
  });
  await context.addInitScript(
    `for (const [key, value] of ${JSON.stringify(kept)}) localStorage["roomcast." + key] = value`,
  );
  const page = await context.newPage();
  await setHours(page, scene, endpoint);
  const { origin } = new URL(endpoint.replace("ws", "http"));
  await page.goto(`${origin}/#/room/${encodeURIComponent(open.name)}`);
  await page
    .getByRole("log")
    .getByText(open.lines.at(-1)?.text ?? "")
    .waitFor();
  return page;
};
