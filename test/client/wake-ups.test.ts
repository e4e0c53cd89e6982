import { expect, test } from "vitest";
import { onWakeUp } from "../../client/wake-ups.ts";

/** As much of a browser's page as there is to it. */
const page = () => {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  return Object.assign(new EventTarget(), { document });
};

test.each([
  ["the network is back", "visible", (here: ReturnType<typeof page>) => here.dispatchEvent(new Event("online")), 1],
  [
    "the page is shown",
    "visible",
    ({ document }: ReturnType<typeof page>) => document.dispatchEvent(new Event("visibilitychange")),
    1,
  ],
  [
    "the page is hidden",
    "hidden",
    ({ document }: ReturnType<typeof page>) => document.dispatchEvent(new Event("visibilitychange")),
    0,
  ],
])("when %s", (_what, visibilityState, happens, times) => {
  const here = page();
  here.document.visibilityState = visibilityState;
  let called = 0;
  const stop = onWakeUp(() => called++, here);
  happens(here);
  stop();
  happens(here);
  expect(called).toBe(times);
});
