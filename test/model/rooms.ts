import type { Taken } from "../../functions/aws/rooms.ts";
import type { Head } from "../../functions/protocol/answers.ts";
import type { BucketRow } from "../../functions/protocol/room-bucket.ts";
import type { Call } from "./invocations.ts";
import type { TablesNeeds } from "./tables-needs.ts";

type Row = Head & BucketRow;

/** `functions/aws/rooms.ts` in memory. */
export const createRooms = ({ newEpoch, bucket }: Pick<TablesNeeds, "newEpoch" | "bucket">) => {
  const rooms = new Map<string, Row>();

  const add = (room: string, count: 0 | 1, charged: BucketRow = {}): Row => {
    const row = rooms.get(room) ?? { epoch: newEpoch(), seq: 0 };
    const added = { ...row, seq: row.seq + count, ...charged };
    rooms.set(room, added);
    return added;
  };
  const take = (room: string, from: number): Taken => {
    const { turnMs = bucket.smallestTurnMs } = rooms.get(room) ?? {};
    const row = add(room, 1, { busyUntil: from + turnMs });
    return { seq: row.seq, audience: bucket.chargedAs(row) };
  };
  const busyUntil = (room: string) => rooms.get(room)?.busyUntil;

  return {
    /** What a fan-out writes, when it has ended. */
    keepAudience: (room: string, kept: Required<Pick<BucketRow, "audience" | "turnMs">>): void =>
      void add(room, 0, kept),

    verbs: (call: Call) => ({
      head: async (room: string): Promise<Head> => {
        const { epoch, seq } =
          (await call("readHead", () => rooms.get(room))) ?? (await call("beginRoom", () => add(room, 0)));
        return { epoch, seq };
      },
      takeNumber: async (room: string, now: number): Promise<Taken> => {
        const isIdle = () => (busyUntil(room) ?? now) <= now;
        const isInCredit = () => (busyUntil(room) ?? Number.POSITIVE_INFINITY) <= now + bucket.creditMs;
        const taken =
          (await call("takeNumber", () => (isIdle() ? take(room, now) : undefined))) ??
          (await call("takeOnCredit", () => (isInCredit() ? take(room, busyUntil(room)!) : undefined)));
        if (taken) return taken;
        throw bucket.tooBusy(await call("readBucket", () => rooms.get(room) ?? {}), now);
      },
      takeAnotherNumber: (room: string): Promise<number> => call("takeAnotherNumber", () => add(room, 1).seq),
    }),
  };
};
