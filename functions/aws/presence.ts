import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Author } from "../protocol/answers.ts";
import { CROWDED_MS, GATHERING_MS, type Pace, TYPING_PAUSE_MS, type Typed } from "../protocol/pace.ts";
import { held } from "./conditional.ts";

/** Those who were announced last in a room. */
export interface Roster {
  readonly people: readonly Author[];
  /** Grows with each announcement, from 0 before the first. */
  readonly version: number;
}

/** How long a row that nobody changes is kept: it is worth nothing then. */
const KEPT_SECONDS = 7 * 86_400;

/**
 * The presence table, two rows a room: its pace, and its roster. They are two since DynamoDB charges a write for the
 * whole row: the pace is written with every burst of joins, and a roster of 100 has many KB.
 */
export const presenceTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const keyOf = (room: string, row: "pace" | "roster") => ({ room, row });
  const expiryOf = (now: number) => Math.floor(now / 1000) + KEPT_SECONDS;

  /** Writes some of the pace, perhaps on a condition. @returns whether it held */
  const setPace = async (room: string, fields: Pace & { typedAt?: number }, now: number, condition?: Condition) => {
    const values = { ...fields, expiresAt: expiryOf(now) };
    const update = new UpdateCommand({
      TableName,
      Key: keyOf(room, "pace"),
      UpdateExpression: `SET ${Object.keys(values).map((name) => `${name} = :${name}`)}`,
      ...(condition && { ConditionExpression: condition.expression }),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
        ...condition?.values,
      },
    });
    return held(client.send(update));
  };

  return {
    /** The room's pace, eventually consistent: half a read unit, and writes have conditions. */
    paceOf: async (room: string): Promise<Pace> => {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(room, "pace") }));
      return Item ?? {};
    },

    /** Announces a look, unless one is announced already. @returns whether this call did */
    announceLook: (room: string, now: number): Promise<boolean> =>
      setPace(room, { lookAt: now + GATHERING_MS }, now, {
        expression: "attribute_not_exists(lookAt) OR lookAt <= :now",
        values: { ":now": now },
      }),

    /** Marks the room as too large to be told anything, for a while. */
    crowd: async (room: string, now: number): Promise<void> => {
      await setPace(room, { crowdedUntil: now + CROWDED_MS }, now);
    },

    /** Announces that somebody types, unless the room was told of somebody just now. @returns whether this call did */
    announceTyping: (room: string, typed: readonly Typed[], now: number): Promise<boolean> =>
      setPace(room, { typed, typedAt: now }, now, {
        expression: "attribute_not_exists(typedAt) OR typedAt <= :before",
        values: { ":before": now - TYPING_PAUSE_MS },
      }),

    /** The room's roster, read with strong consistency. */
    rosterOf: async (room: string): Promise<Roster> => {
      const read = new GetCommand({ TableName, Key: keyOf(room, "roster"), ConsistentRead: true });
      const { Item } = await client.send(read);
      return Item ? { people: Item.people, version: Item.version } : { people: [], version: 0 };
    },

    /** Saves the roster that follows version `before`. @returns false when somebody has saved one since */
    saveRoster: (room: string, { people, version }: Roster, before: number, now: number): Promise<boolean> => {
      const put = new PutCommand({
        TableName,
        Item: { ...keyOf(room, "roster"), people, version, expiresAt: expiryOf(now) },
        ConditionExpression: before === 0 ? "attribute_not_exists(version)" : "version = :before",
        ...(before > 0 && { ExpressionAttributeValues: { ":before": before } }),
      });
      return held(client.send(put));
    },
  };
};

interface Condition {
  readonly expression: string;
  readonly values: Readonly<Record<string, number>>;
}
