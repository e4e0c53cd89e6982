import { AwsError } from "../../aws/error.ts";
import { type Clock, sleep } from "../../clock.ts";
import type { DurableMap } from "../../journal/durable-map.ts";
import type { Log } from "../../log.ts";
import type { Archive } from "./archives.ts";
import type { ReplayRequest } from "./replay-request.ts";

/** A replay, as the journal keeps it. Times are Unix times in milliseconds. */
export type Replay = {
  readonly name: string;
  readonly description: string | null;
  /** The archive's ARN. */
  readonly archiveArn: string;
  readonly busArn: string;
  readonly ruleArns: string[] | null;
  readonly from: number;
  readonly to: number;
  readonly state: "STARTING" | "RUNNING" | "CANCELLING" | "COMPLETED" | "CANCELLED" | "FAILED";
  readonly reason: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The time of the last event that was replayed. */
  readonly lastReplayed: number | null;
};

interface Needs {
  readonly archives: readonly Archive[];
  readonly journal: DurableMap<Replay>;
  /** Hands events to the rules that match them. Resolves once the deliveries are safe. */
  deliver(events: readonly string[], replay: Replay): Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Events a second of one replay: AWS's is that of the account's PutEvents, which one machine could not follow. */
const A_SECOND = 100;
const MOST_AT_ONCE = 10;
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

const isGoingOn = ({ state }: Replay) => state === "STARTING" || state === "RUNNING" || state === "CANCELLING";

/**
 * Replays of archives, by the events' own times. A replay that the end of the process cut off goes on after the next
 * start from the last event that it got to, which it replays again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export const createReplays = ({ archives, journal, deliver, clock, log }: Needs) => {
  const stopping = new AbortController();
  const replays = new Map(journal.entries());
  const find = (name: string): Replay => {
    const found = replays.get(name);
    if (!found) throw new AwsError("ResourceNotFoundException", `Replay ${name} does not exist.`);
    return found;
  };
  const keep = async (replay: Replay): Promise<void> => {
    replays.set(replay.name, replay);
    await journal.set([[replay.name, replay]]);
  };
  const forget = (name: string) => {
    replays.delete(name);
    void journal.delete(name);
  };
  const note = (name: string, change: Partial<Replay>) => keep({ ...find(name), ...change });
  const end = (name: string, state: Replay["state"], reason: string | null = null) =>
    note(name, { state, reason, endedAt: clock.now() });

  const run = async (name: string): Promise<void> => {
    const { archiveArn, from, to, lastReplayed, state } = find(name);
    if (state !== "CANCELLING") await note(name, { state: "RUNNING" });
    const archive = archives.find(({ arn }) => arn === archiveArn);
    if (!archive) return end(name, "FAILED", "The archive does not exist any more.");
    const wanted = (await archive.read()).filter(({ time }) => time >= (lastReplayed ?? from) && time < to);
    for (let at = 0; at < wanted.length; at += A_SECOND) {
      if (at > 0) await sleep(clock, 1_000, stopping.signal);
      const replay = find(name);
      if (replay.state === "CANCELLING") return end(name, "CANCELLED");
      const some = wanted.slice(at, at + A_SECOND);
      await deliver(
        some.map(({ text }) => replayed(text, name)),
        replay,
      );
      await note(name, { lastReplayed: some.at(-1)?.time ?? null });
    }
    await end(name, find(name).state === "CANCELLING" ? "CANCELLED" : "COMPLETED");
  };

  const begin = (name: string): void => {
    run(name).catch(async (error) => {
      if (stopping.signal.aborted) return;
      log({ level: "error", from: "bus", message: `The replay ${name} has failed.`, details: { error } });
      await end(name, "FAILED", (error as Error).message).catch(() => {});
    });
  };

  return {
    all: (): Replay[] => [...replays.values()],
    find,
    /** @throws AwsError `ResourceAlreadyExistsException`, `LimitExceededException` */
    start: async ({ archive, ...request }: ReplayRequest): Promise<Replay> => {
      if (replays.has(request.name))
        throw new AwsError("ResourceAlreadyExistsException", `Replay ${request.name} already exists.`);
      if ([...replays.values()].filter(isGoingOn).length >= MOST_AT_ONCE)
        throw new AwsError("LimitExceededException", `There are ${MOST_AT_ONCE} replays under way already.`);
      const replay: Replay = {
        ...request,
        archiveArn: archive.arn,
        busArn: archive.properties.SourceArn,
        state: "STARTING",
        reason: null,
        startedAt: clock.now(),
        endedAt: null,
        lastReplayed: null,
      };
      await keep(replay);
      begin(replay.name);
      return replay;
    },
    /** @throws AwsError `IllegalStatusException` for one that has ended */
    cancel: async (name: string): Promise<Replay> => {
      if (!isGoingOn(find(name)))
        throw new AwsError("IllegalStatusException", `Replay ${name} is not in a valid state for this operation.`);
      await note(name, { state: "CANCELLING" });
      return find(name);
    },
    /** Goes on with what the last end of the process cut off, and forgets what began 90 days ago, as AWS does. */
    recover: (): void => {
      for (const replay of replays.values()) {
        if (isGoingOn(replay)) begin(replay.name);
        else if (clock.now() - replay.startedAt > KEPT_MS) forget(replay.name);
      }
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await journal.close();
    },
  };
};

/** The event with the field that tells it from the first time. Quotes in texts are escaped, so the place is the right one. */
const replayed = (event: string, name: string): string =>
  event.replace(',"resources":', () => `,"replay-name":${JSON.stringify(name)},"resources":`);
