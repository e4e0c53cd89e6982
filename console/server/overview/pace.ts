import type { MessageSummary } from "../../contract.ts";
import type { RoomPace } from "./rooms.ts";

const MINUTE_MS = 60_000;
/** Deliveries are shown as of these last seconds: fewer jump about, more come late. */
const DELIVERIES_OVER_MS = 5_000;

/** Counts what passes, room by room. */
export interface Pace {
  posted(message: Pick<MessageSummary, "room" | "received">): void;
  delivered(deliveries: number): void;
  /** The rooms in which something was said in the last minute. */
  rooms(): Map<string, RoomPace>;
  deliveriesPerSecond(): number;
}

/** @param now Unix ms */
export const createPace = (now: () => number): Pace => {
  /** By the second in which they were posted, so that a busy minute takes no more than a quiet one. */
  const seconds = new Map<number, Map<string, { count: number; last: number }>>();
  let deliveries: { readonly at: number; readonly count: number }[] = [];
  const forget = () => {
    for (const second of seconds.keys()) if (second * 1000 <= now() - MINUTE_MS) seconds.delete(second);
    deliveries = deliveries.filter(({ at }) => at > now() - DELIVERIES_OVER_MS);
  };
  return {
    posted({ room, received }) {
      const second = Math.floor(received / 1000);
      const rooms = seconds.get(second) ?? new Map<string, { count: number; last: number }>();
      const known = rooms.get(room) ?? { count: 0, last: received };
      rooms.set(room, { count: known.count + 1, last: Math.max(known.last, received) });
      seconds.set(second, rooms);
    },
    delivered(count) {
      deliveries.push({ at: now(), count });
    },
    rooms() {
      forget();
      const paces = new Map<string, RoomPace>();
      for (const rooms of seconds.values())
        for (const [room, { count, last }] of rooms) {
          const known = paces.get(room) ?? { messagesPerMinute: 0, lastMessageAt: last };
          paces.set(room, {
            messagesPerMinute: known.messagesPerMinute + count,
            lastMessageAt: Math.max(known.lastMessageAt, last),
          });
        }
      return paces;
    },
    deliveriesPerSecond() {
      forget();
      return deliveries.reduce((sum, { count }) => sum + count, 0) / (DELIVERIES_OVER_MS / 1000);
    },
  };
};
