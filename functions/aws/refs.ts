import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { REF_HOURS } from "../contracts/publishing.ts";
import { isConditionFailed } from "./conditional.ts";

/** The one message that an author's `ref` stands for. */
export interface Claim {
  readonly id: string;
  readonly room: string;
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly received: number;
  /** A hash of what is published: the same `ref` with another is a mistake. */
  readonly content: string;
  /** Unix time in milliseconds at which the one who announces the message began; 0 when that has failed. */
  readonly announcingSince: number;
}

/** Which author's `ref`, the key of a row. A NUL parts the two: no identity has one. */
export interface RefKey {
  readonly author: string;
  readonly ref: string;
}

/** The refs table: what was published with which `ref`, for a day. */
export const refsTable = (client: DynamoDBDocumentClient, TableName: string) => {
  const keyOf = ({ author, ref }: RefKey) => ({ ref: `${author}\0${ref}` });
  const read = async (key: RefKey, ConsistentRead: boolean): Promise<Row | undefined> =>
    (await client.send(new GetCommand({ TableName, Key: keyOf(key), ConsistentRead }))).Item as Row | undefined;

  /** Sets the claim's fields, each unless the row has it. @param over the expired row that is replaced, if any */
  const set = async (key: RefKey, claim: Claim, over: Row | undefined): Promise<Row> => {
    const fields = { ...claim, expiresAt: seconds(claim.received) + REF_HOURS * 3600 };
    const sets = Object.keys(fields).map(
      (name) => `#${name} = ${over ? "" : `if_not_exists(#${name}, `}:${name}${over ? "" : ")"}`,
    );
    const values = Object.entries({ ...fields, ...(over && { over: over.id }) });
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName,
        Key: keyOf(key),
        UpdateExpression: `SET ${sets.join(", ")}`,
        ...(over && { ConditionExpression: "#id = :over" }),
        ExpressionAttributeNames: Object.fromEntries(Object.keys(fields).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: "ALL_NEW",
      }),
    );
    return Attributes as Row;
  };

  return {
    /**
     * Looks whether this `ref` was used. A repetition is told before it takes a number; that it may be overlooked for a
     * moment does no harm, since `claim` decides: so the read is the cheap one, eventually consistent.
     * @param now Unix time in milliseconds
     */
    findClaim: async (key: RefKey, now: number): Promise<Claim | undefined> => {
      const row = await read(key, false);
      return row && isLive(row, now) ? row : undefined;
    },

    /**
     * Claims the `ref`, in one call that no race makes fail; in two where an expired claim has not been deleted yet.
     * @returns what the `ref` stands for from now on: this claim, or that of whoever was first
     */
    claim: async (key: RefKey, claim: Claim): Promise<Claim> => {
      const row = await set(key, claim, undefined);
      return isLive(row, claim.received) ? row : set(key, claim, row);
    },

    /** Gives the message another number. @returns the number it has now: of several copies, the first one's counts */
    renumber: async (key: RefKey, from: number, to: number): Promise<number> => {
      try {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(key),
            UpdateExpression: "SET seq = :to",
            ConditionExpression: "seq = :from",
            ExpressionAttributeValues: { ":from": from, ":to": to },
          }),
        );
        return to;
      } catch (error) {
        const row = isConditionFailed(error) ? await read(key, true) : undefined;
        if (!row) throw error;
        return row.seq;
      }
    },

    /** Says that nobody is announcing the message any more, so that a repetition does. */
    giveUpAnnouncing: async (key: RefKey): Promise<void> => {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(key),
          UpdateExpression: "SET announcingSince = :never",
          ConditionExpression: "attribute_exists(id)",
          ExpressionAttributeValues: { ":never": 0 },
        }),
      );
    },
  };
};

type Row = Claim & { readonly expiresAt: number };

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** DynamoDB deletes what has expired within days only. */
const isLive = ({ expiresAt }: Row, now: number) => expiresAt > seconds(now);
