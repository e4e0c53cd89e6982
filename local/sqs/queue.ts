import type { Clock } from "../clock.ts";
import type { DurableMap } from "../journal/durable-map.ts";
import { createArrivals } from "./arrivals.ts";
import { checkDraft, type Draft, type Message } from "./message.ts";
import type { QueueProperties } from "./resources.ts";

/** A message in a consumer's hands. */
export interface Received {
  readonly message: Message;
  /** What this receive is deleted by. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
}

interface Held {
  readonly message: Message;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number;
  /** Of the latest receive: SQS takes an older handle too, and then does nothing. */
  receiptHandle: string | undefined;
}

export interface QueueNeeds {
  readonly properties: QueueProperties;
  readonly journal: DurableMap<Message>;
  readonly clock: Clock;
  newId(): string;
}

/** A queue that is being served. Made by `createQueue`. */
export type Queue = ReturnType<typeof createQueue>;

/**
 * A standard queue. The messages are on disk before a send is answered; who has received what is kept in memory only,
 * so after a restart every message that was not deleted is visible again: at least once, as SQS promises.
 */
export const createQueue = ({ properties, journal, clock, newId }: QueueNeeds) => {
  const hold = (message: Message): Held => ({
    message,
    visibleAt: message.availableAt,
    receives: 0,
    firstReceivedAt: 0,
    receiptHandle: undefined,
  });
  const held = new Map([...journal.entries()].map(([id, message]) => [id, hold(message)]));
  const arrivals = createArrivals(clock);

  const remove = async (id: string) => {
    held.delete(id);
    await journal.delete(id);
  };

  /** Forgets what is older than the retention; asked before anything looks at the messages. */
  const expire = async () => {
    const oldest = clock.now() - properties.MessageRetentionPeriod * 1000;
    for (const { message } of held.values()) if (message.sentAt <= oldest) await remove(message.id);
  };

  const take = (most: number, visibilitySeconds: number): Received[] => {
    const now = clock.now();
    const visible = [...held.values()].filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    return visible.map((one) => {
      one.visibleAt = now + visibilitySeconds * 1000;
      one.receives++;
      one.firstReceivedAt ||= now;
      one.receiptHandle = Buffer.from(`${one.message.id} ${newId()}`).toString("base64url");
      const { message, receiptHandle, receives, firstReceivedAt } = one;
      return { message, receiptHandle, receiveCount: receives, firstReceivedAt };
    });
  };

  const byHandle = (receiptHandle: string): Held | undefined => {
    const [id = ""] = Buffer.from(receiptHandle, "base64url").toString().split(" ");
    const found = held.get(id);
    return found?.receiptHandle === receiptHandle ? found : undefined;
  };

  return {
    properties,

    /** Resolves to the message's id once it is on disk. @throws AwsError for a message that the queue refuses. */
    async send(draft: Draft): Promise<string> {
      checkDraft(draft, properties.MaximumMessageSize);
      const sentAt = clock.now();
      const availableAt = sentAt + (draft.delaySeconds ?? properties.DelaySeconds) * 1000;
      const { body, attributes, traceHeader = null } = draft;
      const message = { id: newId(), body, attributes, traceHeader, sentAt, availableAt };
      await journal.set([[message.id, message]]);
      held.set(message.id, hold(message));
      arrivals.announce();
      return message.id;
    },

    /** Takes up to `most` visible messages, waiting for the first one for as long as `waitSeconds`. */
    async receive(most: number, visibilitySeconds: number, waitSeconds: number, signal?: AbortSignal) {
      const deadline = clock.now() + waitSeconds * 1000;
      for (;;) {
        await expire();
        if (signal?.aborted) return [];
        const received = take(most, visibilitySeconds);
        if (received.length > 0 || clock.now() >= deadline) return received;
        const wakeAt = [...held.values()].reduce((at, { visibleAt }) => Math.min(at, visibleAt), deadline);
        const goOn = await arrivals.next(wakeAt - clock.now(), signal);
        if (!goOn) return [];
      }
    },

    /** Deletes the message that this handle is the latest of; an older or forgotten one is no error, and does nothing. */
    async delete(receiptHandle: string): Promise<void> {
      const found = byHandle(receiptHandle);
      if (found) await remove(found.message.id);
    },

    /** Returns false where no message in flight has this handle. */
    changeVisibility(receiptHandle: string, seconds: number): boolean {
      const found = byHandle(receiptHandle);
      if (!found || found.visibleAt <= clock.now()) return false;
      found.visibleAt = clock.now() + seconds * 1000;
      arrivals.announce();
      return true;
    },

    async purge(): Promise<void> {
      await Promise.all([...held.keys()].map(remove));
    },

    /** How many messages wait, are in flight, and are delayed. */
    counts() {
      const now = clock.now();
      const oldest = now - properties.MessageRetentionPeriod * 1000;
      const kept = [...held.values()].filter(({ message }) => message.sentAt > oldest);
      const waiting = kept.filter(({ visibleAt }) => visibleAt <= now).length;
      const delayed = kept.filter(({ visibleAt, receives }) => visibleAt > now && receives === 0).length;
      return { waiting, delayed, inFlight: kept.length - waiting - delayed };
    },

    /** Ends every long poll without a message and closes the journal. */
    async stop(): Promise<void> {
      arrivals.end();
      await journal.close();
    },
  };
};
