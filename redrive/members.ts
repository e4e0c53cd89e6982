import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Recipient } from "./segment.ts";

/** The most keys of one BatchGetItem. */
const MOST_KEYS = 100;

/**
 * Those of the connections that have a row in the room now. Expired rows stay in a table for days, and do not count.
 * @param now Unix time in milliseconds
 */
export const membersOf = async (
  tables: DynamoDBDocumentClient,
  table: string,
  room: string,
  connectionIds: readonly string[],
  now: number,
): Promise<Recipient[]> => {
  const found: Recipient[] = [];
  let keys = [...new Set(connectionIds)].map((connectionId) => ({ connectionId, room }));
  while (keys.length > 0) {
    const asked = { Keys: keys.slice(0, MOST_KEYS), ConsistentRead: true };
    const { Responses = {}, UnprocessedKeys = {} } = await tables.send(
      new BatchGetCommand({ RequestItems: { [table]: asked } }),
    );
    for (const { connectionId, connectedAt, validUntil, expiresAt } of Responses[table] ?? [])
      if (expiresAt * 1000 > now)
        found.push({ connectionId, connectedAt, ...(validUntil !== undefined && { validUntil }) });
    // What was too much for the answer, or for the table just now, is asked for again.
    keys = [...((UnprocessedKeys[table]?.Keys ?? []) as typeof keys), ...keys.slice(MOST_KEYS)];
  }
  return found;
};
