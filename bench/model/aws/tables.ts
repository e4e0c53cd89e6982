import { AwsError } from "../../../local/aws/error.ts";
import type { JsonObject } from "../../../local/json.ts";
import { QUOTAS, SIZES } from "../figures.ts";
import type { Meter } from "../meter.ts";
import type { Strikes } from "../mishaps.ts";
import type { Member, Room } from "../room.ts";
import { createTokenBucket, type TokenBucket } from "../token-bucket.ts";
import { readUnitsOf, writeUnitsOf } from "../usage.ts";
import type { VirtualTime } from "../virtual-time.ts";
import type { Delays } from "./delays.ts";
import { rangeOf } from "./key-condition.ts";

interface Needs {
  readonly time: VirtualTime;
  readonly delays: Delays;
  readonly meter: Meter;
  readonly strikes: Strikes;
  readonly rooms: readonly Room[];
  /** Whether a connection's row is still there. */
  readonly isListed: (connectionId: string) => boolean;
}

const FILTER = "connectionId <> :sender AND expiresAt > :now";

/** DynamoDB: the room index as rows, all other tables by what their calls take and cost. */
export const createTables = ({ time, delays, meter, strikes, rooms, isListed }: Needs) => {
  const byName = new Map(rooms.map((room) => [room.name, room]));
  const partitions = new Map<string, TokenBucket>();
  const partitionOf = (room: string) => {
    const known = partitions.get(room) ?? createTokenBucket(QUOTAS.partitionReads, time.elapsed);
    partitions.set(room, known);
    return known;
  };
  const refuse = () => {
    throw new AwsError("ProvisionedThroughputExceededException", "The level of configured throughput was exceeded.");
  };

  /** Reads `limit` rows of a room from a member on, or as many as a page has room for. */
  const readPage = async (room: Room, first: Member, end: Member, limit: number): Promise<Member> => {
    const last = Math.min(end, first + limit, first + Math.floor(QUOTAS.pageBytes / SIZES.row));
    const units = readUnitsOf((last - first) * SIZES.row, "eventual");
    await delays.whole("query");
    if (!partitionOf(room.name)(units)) refuse();
    meter.count("dynamoDbReadUnits", units);
    await time.wait((last - first) * SIZES.rowReadMs);
    return last;
  };

  /** Query, as a state machine calls it. */
  const query = async (input: JsonObject): Promise<JsonObject> => {
    const values = input.ExpressionAttributeValues as Record<string, { S?: string; N?: string }>;
    const text = (name: string) => values[name]?.S ?? "";
    const room = byName.get(text(":room"));
    if (!room) return { Items: [], Count: 0 };
    if (input.FilterExpression !== FILTER)
      throw new Error(`The model does not have the filter ${input.FilterExpression}`);
    const startKey = input.ExclusiveStartKey as JsonObject | undefined;
    if (strikes("tableRefuses")) refuse();
    const { first, end } = rangeOf(room, { condition: String(input.KeyConditionExpression), text, startKey });
    const last = await readPage(room, first, end, Number(input.Limit ?? Number.POSITIVE_INFINITY));
    const projected = String(input.ProjectionExpression).split(", ");
    const now = Number(values[":now"]?.N);
    const Items = Array.from({ length: last - first }, (_, index) => room.row(first + index))
      .filter(({ connectionId, expiresAt }) => {
        const { S = "" } = connectionId as { S?: string };
        return S !== text(":sender") && Number((expiresAt as { N?: string }).N) > now && isListed(S);
      })
      .map((row) => Object.fromEntries(projected.map((name) => [name, row[name] ?? null])));
    // As DynamoDB: who asks for a limit and gets it full is not told whether anything is behind it.
    if (last === end && last - first < Number(input.Limit)) return { Items, Count: Items.length };
    const { room: key, slot, connectionId } = room.row(last - 1) as Record<string, JsonObject>;
    return { Items, Count: Items.length, LastEvaluatedKey: { room: key!, slot: slot!, connectionId: connectionId! } };
  };

  const write = async (indexes = 0): Promise<void> => {
    await delays.whole("item");
    meter.count("dynamoDbWriteUnits", writeUnitsOf(SIZES.row) * (1 + indexes));
  };

  return {
    query,
    readPage,
    /** GetItem with strong consistency, of a row below 4 KB. */
    get: async () => {
      await delays.whole("item");
      meter.count("dynamoDbReadUnits", 1);
    },
    /** PutItem, UpdateItem or DeleteItem of a row below 1 KB. @param indexes how many indexes it is in */
    write,
    /** UpdateItem, as a state machine calls it. */
    update: async (): Promise<JsonObject> => {
      if (strikes("tableRefuses")) refuse();
      await write();
      return {};
    },
  };
};

export type Tables = ReturnType<typeof createTables>;
