import { setTimeout as sleep } from "node:timers/promises";
import { decodeTime, isValid, ulid } from "ulid";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { messagesTable } from "./aws/messages.ts";
import { roomsTable } from "./aws/rooms.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { Answer, Head } from "./protocol/answers.ts";
import { ENVELOPE_BYTES, FRAME_BYTES } from "./protocol/frame-size.ts";
import { HISTORY_LIMIT, HistoryFrame, readFrame } from "./protocol/frames.ts";
import { fitted, gapsOf, type Numbered, type Page } from "./protocol/history-page.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { required, requiredNumber } from "./runtime/environment.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs {
  readonly isMember: (connectionId: string, room: string) => Promise<boolean>;
  readonly head: (room: string) => Promise<Head>;
  readonly readAfter: (room: string, after: number, upTo: number, limit: number) => Promise<Page>;
  readonly hasUpTo: (room: string, seq: number) => Promise<boolean>;
  readonly hasExpired: (milliseconds: number) => boolean;
  readonly seal: (room: string, seq: number) => Promise<Numbered>;
  readonly pause: (ms: number) => Promise<unknown>;
}

/**
 * How long a number that is missing is waited for before it is sealed: most of them belong to a `publish` that is
 * saving its message at this moment, and would have to take another.
 */
const SETTLE_MS = 150;

/**
 * The `history` route: what a room had after a number, a page of it, and nothing left open: a number that is missing up
 * to the page's end is sealed, so that no message can be saved under it any more, and named in `skipped`. The head is
 * read before the messages, so whoever was acked by then is found.
 * @returns `history`; refuses with BAD_FRAME, BAD_ROOM, FORBIDDEN or NOT_A_MEMBER
 */
export const history =
  (needs: Needs): Route =>
  async ({ connectionId, rights, body, observe }) => {
    const { room, after, epoch, limit = HISTORY_LIMIT } = readFrame(HistoryFrame, body);
    observe.annotate("room", room);
    permit(rights, "read", room);
    const [isMember, head] = await Promise.all([needs.isMember(connectionId, room), needs.head(room)]);
    if (!isMember) throw new Refusal("NOT_A_MEMBER", "You are not in this room: join it first.");
    const answer = (entries: readonly Numbered[], recovered: boolean): Answer => ({
      type: "history",
      room,
      epoch: head.epoch,
      messages: entries.flatMap(({ message }) => message ?? []),
      skipped: entries.filter(({ message }) => !message).map(({ seq }) => seq),
      head: head.seq,
      recovered,
    });
    if ((epoch !== undefined && epoch !== head.epoch) || after > head.seq) return answer([], false);
    if (after === head.seq) return answer([], true);

    const page = await needs.readAfter(room, after, head.seq, limit);
    const startsWithGap = page.found[0]?.seq !== after + 1;
    const startsLive = !startsWithGap || (await isLiveAt(needs, room, after, head));
    const { missing, upTo, gone } = gapsOf(after, page, startsLive);
    if (missing.length > 0) await needs.pause(SETTLE_MS);
    const settled = await Promise.all(missing.map((seq) => needs.seal(room, seq)));
    const found = page.found.filter(({ seq }) => seq <= upTo);
    return answer(fitted([...found, ...settled], FRAME_BYTES - ENVELOPE_BYTES), !gone);
  };

/** Whether what follows this number cannot have expired: the room is younger than that, or something below is there. */
const isLiveAt = async ({ hasExpired, hasUpTo }: Needs, room: string, seq: number, { epoch }: Head) =>
  !hasExpired(begunAt(epoch)) || hasUpTo(room, seq);

/** An epoch is the ULID of the moment at which the room began, unless an operator has set another. */
const begunAt = (epoch: string): number => (isValid(epoch) ? decodeTime(epoch) : 0);

export const handler = route(history, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...roomsTable(client, required(ENVIRONMENT.roomsTable), ulid),
    ...messagesTable(client, required(ENVIRONMENT.messagesTable), requiredNumber(ENVIRONMENT.retentionDays)),
    pause: sleep,
  };
});
