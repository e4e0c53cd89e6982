/** `npm run demo`: the local runtime with simulated people and faults, to look at in the console, until Ctrl-C. */
import { setTimeout as sleep } from "node:timers/promises";
import { inDirectory } from "../bench/on-runtime.ts";
import { startRuntime } from "../bench/runtime-process.ts";
import type { MessageSummary } from "../console/contract.ts";
import { freePort } from "./free-port.ts";
import { startPeople } from "./people.ts";
import { ROOMS } from "./rooms.ts";
import { type WorthALook, worthALook } from "./worth-a-look.ts";

/** A few percent of what may go wrong on AWS, so that most goes well and there is always something to find. */
const FAULTS = "post.throttle=4%,post.gone=0.5%,bus.duplicate=2%,bus.delay=3%,function.crash-before=0.1%";
/** Every message has a trace to look at. */
const CONTEXT = { tracedPercent: 100 };
const PORT = 3000;

const write = (text: string) => process.stdout.write(text);

/** Asks the console for its messages until one is worth a look; undefined where the demo ends before. */
const findOne = async (origin: string, signal: AbortSignal): Promise<WorthALook | undefined> => {
  while (!signal.aborted) {
    const answer = await fetch(`${origin}/console/api/messages?limit=100`, { signal }).catch(() => undefined);
    const found = answer?.ok && worthALook((await answer.json()) as MessageSummary[]);
    if (found) return found;
    await sleep(1_000, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
};

const demo = async (directory: string, ending: AbortSignal): Promise<void> => {
  write("Roomcast starts…\n");
  const runtime = await startRuntime(directory, await freePort(PORT), ["--faults", FAULTS], {
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(CONTEXT) },
    // Ctrl-C is for us: we end it when the people have left.
    detached: true,
  });
  const { origin } = new URL(runtime.endpoint.replace("ws", "http"));
  const everyoneLeaves = startPeople(runtime.endpoint);
  try {
    const people = ROOMS.reduce((sum, room) => sum + room.people, 0);
    write(`${people} people come into ${ROOMS.length} rooms. What goes wrong on purpose: ${FAULTS}\n\n`);
    write(`  Page     ${origin}/#/room/${ROOMS[0]?.name}\n  Console  ${origin}/console\n\n`);
    const found = await findOne(origin, ending);
    if (found)
      write(`  Message  ${found.id}\n           ${found.why}\n           ${origin}/console/messages/${found.id}\n\n`);
    if (!ending.aborted) write("Ctrl-C ends it.\n");
    const ended = new Promise<void>((resolve) => ending.addEventListener("abort", () => resolve(), { once: true }));
    if (!ending.aborted) await Promise.race([ended, runtime.ended]);
    if (!ending.aborted) throw new Error("The runtime has ended.");
  } finally {
    await everyoneLeaves();
    await runtime.stop();
  }
};

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => ending.abort());
try {
  await inDirectory((directory) => demo(directory, ending.signal));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
