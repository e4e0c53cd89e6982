import type { Browser, Page } from "playwright-core";
import type { Serving } from "./server.ts";
import { CATEGORIES, type TraceEvent } from "./trace.ts";

/** How a page was drawn over some time: the gaps between its frames, in milliseconds. */
export interface Frames {
  readonly count: number;
  readonly longestMs: number;
}

/** Notes when something that matches a selector has been drawn: the frame after the one in which it is there. */
const noteDrawn = (selector: string) => `window.drawnMs = new Promise((resolve) => {
  const look = () =>
    document.querySelector(${JSON.stringify(selector)})
      ? requestAnimationFrame(() => resolve(performance.now()))
      : requestAnimationFrame(look);
  requestAnimationFrame(look);
})`;

/** Asks for a frame each time, so that there would be one 60 times a second, and notes how far apart they come. */
const NOTE_FRAMES = `{
  let last = performance.now();
  window.drawn = { count: 0, longestMs: 0 };
  const next = () => {
    const now = performance.now();
    drawn.count++;
    drawn.longestMs = Math.max(drawn.longestMs, now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}`;

/** A window of a browser that nothing is kept in, but the name of somebody who has been there, if one is given. */
export const openWindow = async (browser: Browser, name?: string) => {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 } });
  if (name !== undefined) await context.addInitScript(`localStorage["roomcast.name"] = ${JSON.stringify(name)}`);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);

  return {
    page,
    /** Goes to the page, and tells in how many milliseconds something of it was drawn. */
    drawn: async ({ url, room }: Serving, selector: string): Promise<number> => {
      await page.addInitScript(noteDrawn(selector));
      await page.goto(`${url}#/room/${room}`);
      return page.evaluate("drawnMs");
    },
    /** Bytes of the JavaScript heap, after all garbage is collected. */
    heapBytes: async (): Promise<number> => {
      await devtools.send("HeapProfiler.collectGarbage");
      await devtools.send("HeapProfiler.collectGarbage");
      return (await devtools.send("Runtime.getHeapUsage")).usedSize;
    },
    /** Does something, and tells how the page was drawn meanwhile. */
    frames: async (during: () => Promise<unknown>): Promise<Frames> => {
      await page.evaluate(NOTE_FRAMES);
      await during();
      return page.evaluate("drawn");
    },
    /** Does something, and gives the browser's trace of it. */
    traced: async (during: () => Promise<unknown>): Promise<readonly TraceEvent[]> => {
      await browser.startTracing(page as Page, { categories: CATEGORIES });
      await during();
      return JSON.parse(String(await browser.stopTracing())).traceEvents;
    },
    close: () => context.close(),
  };
};
