import { createHash } from "node:crypto";
import type { Message } from "../aws/messages.ts";
import type { Claim, RefKey } from "../aws/refs.ts";
import type { Taken } from "../aws/rooms.ts";
import type { MessagePosted } from "../contracts/events.ts";
import { METRICS } from "../contracts/metrics.ts";
import { PUBLISH_TIMEOUT_SECONDS } from "../contracts/publishing.ts";
import type { Author } from "../protocol/answers.ts";
import { Refusal } from "../protocol/refusal.ts";
import type { Measured } from "../runtime/metrics.ts";
import type { Observation } from "../runtime/observe.ts";

/** What is to be published, its room and data checked, its author's right to do so too. */
export interface Draft {
  readonly room: string;
  readonly from: Author;
  readonly data: unknown;
  readonly ref: string | undefined;
  /** What the `ref` was found to stand for already. */
  readonly claimed: Claim | undefined;
  /** The connection that is not posted to. */
  readonly sender: string;
}

export interface PublishingNeeds {
  /** @throws Refusal RATE_LIMITED where the room's messages have had more recipients than it may ask for */
  readonly takeNumber: (room: string, now: number) => Promise<Taken>;
  /** A number for a message whose own was sealed. */
  readonly takeAnotherNumber: (room: string) => Promise<number>;
  readonly claim: (key: RefKey, claim: Claim) => Promise<Claim>;
  readonly renumber: (key: RefKey, from: number, to: number) => Promise<number>;
  readonly giveUpAnnouncing: (key: RefKey) => Promise<void>;
  /** @returns false where a reader of the history has sealed the number */
  readonly save: (message: Message) => Promise<boolean>;
  readonly announce: (message: MessagePosted) => Promise<void>;
  /** Whether the message of that id is to be traced. */
  readonly isTraced: (id: string) => boolean;
  readonly metrics: Measured;
  /** A ULID of that moment. */
  readonly newId: (now: number) => string;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * Numbers a message, saves it and announces it. With a `ref` it is one message however often, and from however many
 * places at once, this runs: the claim decides which id and number are meant, and every copy saves that one before it
 * returns, so that an ack from any of them is durable.
 * @throws Refusal BAD_FRAME where the `ref` stands for something else, RATE_LIMITED where the room is too busy
 */
export const publishMessage = async (needs: PublishingNeeds, draft: Draft, observe: Observation): Promise<Message> => {
  const { room, from, data, ref, sender } = draft;
  const received = needs.now();
  const fresh = { id: needs.newId(received), room, from, data, received };
  if (ref === undefined) {
    observe.message(fresh.id);
    const { seq, audience } = await needs.takeNumber(room, received);
    const message = await save(needs, { ...fresh, seq }, (_taken, next) => next);
    await announce(needs, { ...message, audience, sender }, observe);
    return message;
  }

  const key = { author: from.id, ref };
  const content = hashOf(room, data);
  // A repetition is not charged: the message was, by the copy that claimed the `ref`.
  const { claim, audience } = draft.claimed
    ? { claim: draft.claimed, audience: 0 }
    : await claimNumber(needs, key, { id: fresh.id, room, received, content, announcingSince: received });
  if (claim.content !== content)
    throw new Refusal("BAD_FRAME", "This `ref` stands for another message that you have published: make a new one.");
  observe.message(claim.id);
  const { id, seq } = claim;
  const announces = id === fresh.id || isAbandoned(claim, received);
  try {
    const message = await save(needs, { ...fresh, id, seq, received: claim.received }, (taken, next) =>
      needs.renumber(key, taken, next),
    );
    if (announces) await announce(needs, { ...message, audience, sender }, observe);
    else observe.log.info("Posted before.", { seq: message.seq });
    return message;
  } catch (error) {
    // Also where the message was not saved: who asked will ask again at once, and that copy announces it then.
    if (announces)
      await needs.giveUpAnnouncing(key).catch((failed) => observe.log.warn("A claim stays as it was.", failed));
    throw error;
  }
};

/** Announces a message, and counts it: a copy that leaves that to another has published nothing. */
const announce = async (
  { isTraced, announce, metrics, now }: PublishingNeeds,
  message: Omit<MessagePosted, "trace">,
  observe: Observation,
) => {
  await announce({ ...message, trace: observe.traceHeader(isTraced(message.id)) });
  observe.annotate("outcome", "posted");
  observe.log.info("Posted.", { seq: message.seq, ...metrics({ [METRICS.published]: 1 }, now()) });
};

/** Takes a number, and claims the `ref` for the message that it is to be. */
const claimNumber = async (needs: PublishingNeeds, key: RefKey, unnumbered: Omit<Claim, "seq">) => {
  const { seq, audience } = await needs.takeNumber(unnumbered.room, unnumbered.received);
  return { claim: await needs.claim(key, { ...unnumbered, seq }), audience };
};

/**
 * Whoever claimed the `ref` announces the message: a copy that runs at the same time leaves it at that, so that members
 * get it once. One that comes when the first must have ended cannot know how far it got, and announces it again.
 */
const isAbandoned = ({ announcingSince }: Claim, now: number) =>
  now - announcingSince >= PUBLISH_TIMEOUT_SECONDS * 1000;

const ATTEMPTS = 5;

/** Saves a message under its number, or where that was sealed meanwhile, under the next that is free. */
const save = async (
  needs: PublishingNeeds,
  message: Message,
  numbered: (taken: number, next: number) => number | Promise<number>,
): Promise<Message> => {
  let { seq } = message;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await needs.save({ ...message, seq })) return { ...message, seq };
    seq = await numbered(seq, await needs.takeAnotherNumber(message.room));
  }
  throw new Error(`The last ${ATTEMPTS} numbers that this message took were sealed before it was saved.`);
};

const hashOf = (room: string, data: unknown) =>
  createHash("sha256")
    .update(JSON.stringify([room, data]))
    .digest("base64url");
