import { expect, test } from "vitest";
import type { MessageSummary } from "../../../../console/contract.ts";
import { createStore } from "../../../../console/page/data/store.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { running, summary, THEN } from "../fixture/messages.ts";
import { faults, overview } from "../fixture/overview.ts";

const storeOf = (known: MessageSummary[]) => {
  const clock = manualClock();
  const api = { messages: async () => ({ value: known }) };
  return { clock, known, store: createStore({ api, now: () => THEN, after: clock.after }) };
};

test("messages that are heard of come into the list together, four times a second", async () => {
  const { store, clock } = storeOf([]);
  store.events.message(running(1));
  store.events.message(summary(1));
  store.events.message(running(2));
  expect(store.messages.value).toBeUndefined();
  await clock.advance(250);
  expect(store.messages.value).toEqual([running(2), summary(1)]);
});

test("what passed while the connection was broken is asked for", async () => {
  const { store, known } = storeOf([summary(1)]);
  store.connectionChanged("live");
  await expect.poll(() => store.messages.value).toEqual([summary(1)]);
  known.push(summary(2));
  store.connectionChanged("lost");
  store.connectionChanged("live");
  await expect.poll(() => store.messages.value).toEqual([summary(2), summary(1)]);
});

test("rates go back before the page was open by the receipts", async () => {
  const { store } = storeOf([summary(1, { received: THEN - 3_000 })]);
  store.events.overview(overview({ at: THEN, deliveriesPerSecond: 5 }));
  store.connectionChanged("live");
  await expect.poll(() => store.rates.value.length).toBeGreaterThan(1);
  expect(store.rates.value.at(-1)).toEqual({ at: THEN, rate: 5 });
  expect(store.rates.value[0]!.at).toBeLessThan(THEN - 1_000);
});

test("a fault that is switched on shows before the next overview", () => {
  const { store } = storeOf([]);
  store.events.overview(overview());
  store.faultsChanged(faults({ "post.throttle": "5%" }));
  expect(store.overview.value!.faults.filter(({ when }) => when)).toMatchObject([
    { name: "post.throttle", when: "5%" },
  ]);
});
