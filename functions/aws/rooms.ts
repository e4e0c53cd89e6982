import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Head } from "../protocol/answers.ts";
import type { BucketRow, RoomBucket } from "../protocol/room-bucket.ts";
import { isConditionFailed } from "./conditional.ts";

type Row = Head & BucketRow;

/** A number that is a message's own. */
export interface Taken {
  readonly seq: number;
  /** How many recipients the room was charged for; 0 where that is not known. */
  readonly audience: number;
}

/** What is charged for a number: `busyUntil` is put off, counted from one moment or another, on a condition. */
interface Charge {
  readonly from: ":now" | "busyUntil";
  readonly condition: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The rooms table: how far each room's numbers are. A room begins with the first member or message. */
export const roomsTable = (client: DynamoDBDocumentClient, TableName: string, newEpoch: () => string) => {
  const add = adding(client, TableName, newEpoch);
  return {
    /** The room's head, read with strong consistency. */
    head: async (room: string): Promise<Head> => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { room }, ConsistentRead: true }));
      const { epoch, seq } = (Item as Row | undefined) ?? (await add(room, 0));
      return { epoch, seq };
    },
  };
};

/** What a room was last seen to owe. */
interface Debt {
  /** Unix time in milliseconds at which it owes nothing any more. */
  readonly busyUntil: number;
  /** When that was seen, in Unix milliseconds. */
  readonly seenAt: number;
}

/** What is remembered of rooms. */
interface Debts {
  get(room: string): Debt | undefined;
  set(room: string, debt: Debt): void;
}

/** A debt only grows, unless an operator clears it or erases the room: then it is asked for anew this much later. */
const BELIEVED_MS = 1_000;

/**
 * Taking a room's numbers, and paying for them out of its bucket. A number that is taken and not used stays a gap.
 * @param debts remembers what this learns, so that of a flood all but a few frames a second cost no call: a write whose
 *   condition fails is paid for, and a thousand a second are all that a row takes
 */
export const roomNumbers = (
  client: DynamoDBDocumentClient,
  TableName: string,
  newEpoch: () => string,
  { smallestTurnMs, creditMs, chargedAs, tooBusy }: RoomBucket,
  debts: Debts,
) => {
  const add = adding(client, TableName, newEpoch);
  const remember = (room: string, { busyUntil }: BucketRow, seenAt: number) => {
    if (busyUntil !== undefined) debts.set(room, { busyUntil, seenAt });
  };
  const knownOf = (room: string, now: number): number => {
    const debt = debts.get(room);
    return debt && now - debt.seenAt < BELIEVED_MS ? debt.busyUntil : 0;
  };
  const take = async (room: string, now: number, { from, condition, values }: Charge): Promise<Taken | undefined> => {
    try {
      const row = await add(room, 1, {
        set: `, busyUntil = ${from} + if_not_exists(turnMs, :smallest)`,
        values: { ...values, ":smallest": smallestTurnMs },
        ConditionExpression: condition,
      });
      remember(room, row, now);
      return { seq: row.seq, audience: chargedAs(row) };
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  };
  const takeIdle = (room: string, now: number) =>
    take(room, now, {
      from: ":now",
      condition: "attribute_not_exists(busyUntil) OR busyUntil <= :now",
      values: { ":now": now },
    });
  const takeOnCredit = (room: string, now: number) =>
    take(room, now, { from: "busyUntil", condition: "busyUntil <= :latest", values: { ":latest": now + creditMs } });

  return {
    /**
     * Takes the next number for a message, and charges the room for it: in one call, or in two where it is not known to
     * owe and does. A call that the SDK repeats, because it had no answer, may be charged twice.
     * @param now Unix time in milliseconds
     * @throws Refusal RATE_LIMITED where the room owes too much: no number is taken then, and nothing is charged
     */
    takeNumber: async (room: string, now: number): Promise<Taken> => {
      const busyUntil = knownOf(room, now);
      if (busyUntil > now + creditMs) throw tooBusy({ busyUntil }, now);
      const [likely, other] = busyUntil > now ? [takeOnCredit, takeIdle] : [takeIdle, takeOnCredit];
      const taken = (await likely(room, now)) ?? (await other(room, now));
      if (taken) return taken;
      // A read of its own, since not every DynamoDB that this runs on returns the item of a failed condition.
      const { Item = {} } = await client.send(new GetCommand({ TableName, Key: { room } }));
      const row = Item as BucketRow;
      remember(room, row, now);
      throw tooBusy(row, now);
    },

    /** Takes a number for a message that has been charged, and whose number was sealed. */
    takeAnotherNumber: async (room: string): Promise<number> => (await add(room, 1)).seq,
  };
};

/** Adds to the room's number, and begins the room where it is new; with more to set, and on a condition, if need be. */
const adding =
  (client: DynamoDBDocumentClient, TableName: string, newEpoch: () => string) =>
  async (
    room: string,
    count: 0 | 1,
    more: { set?: string; values?: Record<string, number>; ConditionExpression?: string } = {},
  ): Promise<Row> => {
    const { set = "", values, ...condition } = more;
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { room },
        UpdateExpression: `SET epoch = if_not_exists(epoch, :epoch)${set} ADD seq :count`,
        ...condition,
        ExpressionAttributeValues: { ":epoch": newEpoch(), ":count": count, ...values },
        ReturnValues: "ALL_NEW",
      }),
    );
    return Attributes as Row;
  };
