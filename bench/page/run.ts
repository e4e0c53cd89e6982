import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../test/support/browser.ts";
import { startAsked } from "../asked-process.ts";
import type { Flow } from "./room-server.ts";
import type { Serving } from "./server.ts";
import { keyPresses, type Tasks, tasksIn } from "./trace.ts";
import { type Frames, openWindow } from "./window.ts";

const OPENINGS = 7;
/** While somebody types. */
const BUSY_PER_SECOND = 50;
const TYPED = "It is written here while all the others talk, and none of it may come late. ";
const KEYS_EVERY_MS = 100;
/** So long at the most do keys and the frames of an empty page take. */
const ASIDE_SECONDS = 20;
const FLOOD_PER_SECOND = 100;
/**
 * More than the page keeps of a room, until after some clearings its heap has found its size (it grows by a sixth between
 * the first clearing and the fourth); no faster than that each message is drawn, since how high they are is kept too.
 * Then so many that the next clearing is not just before it.
 */
const FILLED: readonly Flow[] = [
  { messages: 20_100, perSecond: 400 },
  { messages: 300, perSecond: 300 },
];
/** The wheel: through 60,000 pixels, which are more than a thousand messages. */
const TURNS = 150;
const TURN_PX = 400;
const TURN_EVERY_MS = 30;
const NEWEST = "[role=log] .text";

/** What was drawn over some time, and what the page did for it. */
interface Drawn {
  readonly frames: Frames;
  readonly tasks: Tasks;
}

/** What was measured. Times in milliseconds. */
export interface PageRun {
  /** From navigation until the first visit's form, and until a later visit's messages, are drawn. */
  readonly openings: { readonly first: readonly number[]; readonly again: readonly number[] };
  /** From each key press to the next paint, while 50 messages a second come. */
  readonly typing: { readonly keys: readonly number[]; readonly tasks: Tasks };
  /** While 100 messages a second come. */
  readonly flood: Drawn & { readonly heapBefore: number; readonly heapAfter: number };
  /** While somebody scrolls up through ten thousand messages, and nothing comes. */
  readonly scroll: Drawn;
  /** A page with nothing in it: what the machine itself does to frames. */
  readonly empty: Frames;
}

/** Measures the chat page in a real browser, whose server is a process of its own. */
export const pageRun = async (seconds: number): Promise<PageRun> => {
  const browser = await launchBrowser();
  const { first, ask, stop } = await startAsked(new URL("server.ts", import.meta.url));
  const serving = first as Serving;
  const flow = (flow: Flow): Promise<number> => ask(flow);
  try {
    const openings = {
      first: await open(browser, serving, "#name"),
      again: await open(browser, serving, NEWEST, "Ann"),
    };
    const aside = Math.min(seconds, ASIDE_SECONDS);
    const empty = await drawNothing(browser, aside);
    const typing = await type(browser, serving, flow, aside);
    return { openings, empty, typing, ...(await fullRoom(browser, serving, flow, seconds)) };
  } finally {
    await browser.close();
    await stop();
  }
};

const open = async (browser: Browser, serving: Serving, selector: string, name?: string): Promise<number[]> => {
  const found: number[] = [];
  for (let n = 0; n < OPENINGS; n++) {
    const window = await openWindow(browser, name);
    found.push(await window.drawn(serving, selector));
    await window.close();
  }
  return found;
};

const drawNothing = async (browser: Browser, seconds: number): Promise<Frames> => {
  const window = await openWindow(browser);
  const frames = await window.frames(() => sleep(seconds * 1000));
  await window.close();
  return frames;
};

const type = async (browser: Browser, serving: Serving, flow: (flow: Flow) => Promise<number>, seconds: number) => {
  const window = await openWindow(browser, "Ann");
  await window.drawn(serving, NEWEST);
  await window.page.locator("textarea").focus();
  let isTyping = true;
  const keys = async () => {
    for (let n = 0; isTyping; n++) {
      await window.page.keyboard.press(TYPED[n % TYPED.length] ?? " ");
      await sleep(KEYS_EVERY_MS);
    }
  };
  const events = await window.traced(async () => {
    const typing = keys();
    await flow({ messages: seconds * BUSY_PER_SECOND, perSecond: BUSY_PER_SECOND });
    isTyping = false;
    await typing;
  });
  await window.close();
  return { keys: keyPresses(events), tasks: tasksIn(events) };
};

const fullRoom = async (browser: Browser, serving: Serving, flow: (flow: Flow) => Promise<number>, seconds: number) => {
  const window = await openWindow(browser, "Ann");
  const shown = (seq: number) => window.page.getByRole("log").getByText(`message ${seq}.`).waitFor();
  await window.drawn(serving, NEWEST);
  for (const filling of FILLED) await shown(await flow(filling));
  const heapBefore = await window.heapBytes();
  const drawn = async (during: () => Promise<unknown>): Promise<Drawn> => {
    let frames: Frames = { count: 0, longestMs: 0 };
    const events = await window.traced(async () => {
      frames = await window.frames(during);
    });
    return { frames, tasks: tasksIn(events) };
  };
  const flooded = await drawn(async () =>
    shown(await flow({ messages: seconds * FLOOD_PER_SECOND, perSecond: FLOOD_PER_SECOND })),
  );
  const heapAfter = await window.heapBytes();
  await window.page.getByRole("log").hover();
  const scroll = await drawn(async () => {
    for (let n = 0; n < TURNS; n++) {
      await window.page.mouse.wheel(0, -TURN_PX);
      await sleep(TURN_EVERY_MS);
    }
  });
  await window.close();
  return { flood: { ...flooded, heapBefore, heapAfter }, scroll };
};
