import type { MessagePosted } from "../functions/contracts/events.ts";
import { batchesOf } from "./batches.ts";
import { counted } from "./in-words.ts";
import type { Letter, NotPosted, NotPublished, NotServed, NotStarted } from "./letter.ts";
import { frameOf, type Recipient, type SegmentInput, type Served, traceOf } from "./segment.ts";

export interface AgainNeeds {
  /** Those of the connections that are in the room now. */
  readonly members: (room: string, connectionIds: readonly string[]) => Promise<readonly Recipient[]>;
  /** Runs `room-segment` until its end. @throws Error where it does not succeed */
  readonly serve: (input: SegmentInput, trace: string) => Promise<Served>;
  /** Starts `room-fanout` with an event. */
  readonly fanOut: (event: string, trace: string) => Promise<void>;
  /** Has Lambda invoke a function asynchronously. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<void>;
  /** Keeps the letter from other consumers for as long as one execution takes. */
  readonly hideLonger: () => Promise<void>;
}

/**
 * Does again what a letter says was not done.
 * @returns what was done, or with `dryRun` what would be, in words
 * @throws Error where it could not be done, and the letter has to stay
 */
export const doAgain =
  (needs: AgainNeeds) =>
  (letter: Letter, dryRun: boolean): Promise<string> => {
    switch (letter.kind) {
      case "not posted":
        return postAgain(needs, letter, dryRun);
      case "not served":
        return serveAgain(needs, letter, dryRun);
      case "not started":
        return startAgain(needs, letter, dryRun);
      case "not published":
        return publishAgain(needs, letter, dryRun);
      case "unreadable":
        throw new Error(`it cannot be read (${letter.problem}), so nothing is known to be done for it.`);
    }
  };

/** Only to those that are members still: who has left since is not to get what is said in the room. */
const postAgain = async ({ members, serve, hideLonger }: AgainNeeds, letter: NotPosted, dryRun: boolean) => {
  const { message, connections } = letter;
  const known = await members(
    message.room,
    connections.map(({ connectionId }) => connectionId),
  );
  const left = connections.length - known.length;
  const without = left > 0 ? `; ${counted(left, "connection")} left the room or ended since` : "";
  if (dryRun) return `Would post ${nameOf(message)} to ${counted(known.length, "connection")}${without}.`;
  const served: Served[] = [];
  for (const { connections: some, traced } of batchesOf(known)) {
    await hideLonger();
    const input = { message, frame: frameOf(message), from: null, to: null, connections: some };
    served.push(await serve(input, traceOf(message, traced)));
  }
  return `Posted ${nameOf(message)}: ${sumOf(served)}${without}.`;
};

const serveAgain = async ({ serve, hideLonger }: AgainNeeds, letter: NotServed, dryRun: boolean) => {
  const { message, to } = letter;
  if (dryRun) return `Would post ${nameOf(message)} to everyone with a slot from ${letter.from} to ${to}.`;
  const served: Served[] = [];
  // An execution reads for 10 s, and says where to go on.
  for (let from: string | null = letter.from; from !== null; ) {
    await hideLonger();
    const one: Served = await serve({ message, frame: frameOf(message), from, to }, traceOf(message, false));
    served.push(one);
    from = one.from;
  }
  return `Posted ${nameOf(message)}: ${sumOf(served)}.`;
};

/** Not by the bus: its other consumers have had the event, and would get it twice. */
const startAgain = async ({ fanOut }: AgainNeeds, { message, event }: NotStarted, dryRun: boolean) => {
  if (dryRun) return `Would start the fan-out of ${nameOf(message)}.`;
  await fanOut(event, message.trace);
  return `Started the fan-out of ${nameOf(message)}.`;
};

/** With the same event: where it names no `ref`, its id is the one, and makes it one message. */
const publishAgain = async ({ invoke }: AgainNeeds, { functionArn, event }: NotPublished, dryRun: boolean) => {
  const request = `the request ${event.id}`;
  if (dryRun) return `Would have ${request} published.`;
  await invoke(functionArn, event);
  return `Had ${request} published: Lambda has it in its queue.`;
};

const nameOf = ({ id, seq, room }: MessagePosted) => `message ${id} (number ${seq} of ${room})`;

const sumOf = (served: readonly Served[]): string => {
  const sum = (count: (one: Served) => number) => served.reduce((total, one) => total + count(one), 0);
  const failed = sum((one) => one.failed);
  const counts = `${sum((one) => one.delivered)} delivered, ${sum((one) => one.gone)} gone`;
  return failed > 0 ? `${counts}, ${failed} failed again and in a new letter` : counts;
};
