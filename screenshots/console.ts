import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { onRuntime } from "../bench/on-runtime.ts";
import type { DeadLetter, FaultChange, MessageSummary } from "../console/contract.ts";
import { startPeople } from "../demo/people.ts";
import { take } from "./images.ts";

/** Fewer than in the demo, so that it works on a busy machine too; the largest room is served in segments. */
const ROOMS = [
  { name: "lobby", people: 26 },
  { name: "football", people: 7 },
  { name: "on call", people: 3 },
  { name: "two of us", people: 2 },
];
const FAULTS = "post.throttle=4%,bus.duplicate=2%,bus.delay=3%";
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
/** So long do people talk before the first picture, that the chart has something to show. */
const TALK_MS = 90_000;

/** Asks the console again and again until the answer is what is looked for. */
const found = async <Answer, Found>(url: string, look: (answer: Answer) => Found | undefined): Promise<Found> => {
  for (;;) {
    const answer = await fetch(url);
    const result = answer.ok ? look((await answer.json()) as Answer) : undefined;
    if (result !== undefined) return result;
    await sleep(1_000);
  }
};

const setFault = (console: string, change: FaultChange) =>
  fetch(`${console}/api/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json", origin: new URL(console).origin },
    body: JSON.stringify(change),
  });

/** Takes pictures of one browser window after the other. */
const photographer = (browser: Browser, console: string) => {
  return async (
    name: string,
    path: string,
    { phone = false, dark = false, prepare = async (_page: Page) => {} } = {},
  ): Promise<void> => {
    const colorScheme = dark ? "dark" : "light";
    const context = await browser.newContext({
      locale: "en-US",
      viewport: phone ? PHONE : DESKTOP,
      colorScheme,
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto(console + path);
    await page.getByText("Connected", { exact: true }).waitFor();
    await prepare(page);
    // What has just come in is still lit up.
    await sleep(1_500);
    await take(page, `console-${name}`);
    await context.close();
  };
};

/** The newest message to the largest room of which some posts were throttled first, and came all the same. */
const throttledInLobby = (messages: MessageSummary[]): MessageSummary | undefined =>
  messages.find(({ room, receipt }) => room === "lobby" && receipt && receipt.throttled > 0 && receipt.failed === 0);

/** Posts fail until something is given up, which leaves dead letters. */
const makeDeadLetters = async (console: string) => {
  await setFault(console, { name: "post.throttle", when: "100%" });
  await found<DeadLetter[], true>(`${console}/api/dead-letters`, (letters) => letters.length >= 3 || undefined);
  await setFault(console, { name: "post.throttle", when: "4%" });
};

const seeWhatWouldBeSent = async (page: Page) => {
  await page.getByRole("checkbox", { name: "Choose all" }).check();
  await page.getByRole("button", { name: "See what would be sent" }).click();
  await page.getByRole("region", { name: "What would be sent" }).waitFor();
};

const photograph = async (browser: Browser, console: string) => {
  const picture = photographer(browser, console);
  await sleep(TALK_MS);
  const { id } = await found(`${console}/api/messages?limit=200`, throttledInLobby);
  const receipt = `/messages/${id}`;
  await picture("live", "");
  await picture("live-dark", "", { dark: true });
  await picture("live-phone", "", { phone: true });
  await picture("receipt", receipt);
  await picture("receipt-dark", receipt, { dark: true });
  await picture("receipt-phone", receipt, { phone: true });
  await picture("trace", `${receipt}#trace`);
  await picture("execution", `${receipt}#execution`);
  await picture("execution-dark", `${receipt}#execution`, { dark: true });
  await makeDeadLetters(console);
  await picture("dead-letters", "/dead-letters", { prepare: seeWhatWouldBeSent });
  await picture("dead-letters-dark", "/dead-letters", { dark: true, prepare: seeWhatWouldBeSent });
};

/** Pictures of the console, with the demo's people and faults. */
export const photographConsole = (browser: Browser): Promise<void> =>
  onRuntime(
    async ({ endpoint }) => {
      const everyoneLeaves = startPeople(endpoint, ROOMS);
      try {
        await photograph(browser, `${new URL(endpoint.replace("ws", "http")).origin}/console`);
      } finally {
        await everyoneLeaves();
      }
    },
    ["--faults", FAULTS],
    { env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ tracedPercent: 100 }) } },
  );
