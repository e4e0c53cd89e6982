import { AwsError } from "../aws/error.ts";
import type { Json, JsonObject } from "../json.ts";
import type { SendAction } from "./dynamodb-http.ts";
import type { Table } from "./table-schema.ts";

/** Rows looked at in one Scan: few enough that the calls of the functions are answered in between. */
const PAGE = 500;
const FIVE_YEARS_S = 5 * 365 * 24 * 60 * 60;

/**
 * Deletes the rows of one table that have expired: their attribute of TimeToLiveSpecification is a number of seconds
 * since 1970 in the past, and not more than five years in the past. A row that is renewed meanwhile stays, because
 * the deletion asks again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 * @param nowMs Unix time in milliseconds
 * @returns how many rows were deleted
 */
export const deleteExpired = async (send: SendAction, { ref, properties }: Table, nowMs: number): Promise<number> => {
  const { Enabled, AttributeName } = properties.TimeToLiveSpecification ?? {};
  if (!Enabled || !AttributeName) return 0;
  const now = Math.floor(nowMs / 1000);
  // A comparison with a number holds for numbers only, so rows without the attribute, or with text in it, stay.
  const expired = {
    TableName: ref,
    ExpressionAttributeValues: { ":now": { N: String(now) }, ":oldest": { N: String(now - FIVE_YEARS_S) } },
  };
  const condition = "#expiry < :now AND #expiry > :oldest";
  const keys = properties.KeySchema.map((key) => key.AttributeName);
  const names = Object.fromEntries(keys.map((key, n) => [`#key${n}`, key]));
  let deleted = 0;
  let page: JsonObject = {};
  do {
    page = await send("Scan", {
      ...expired,
      FilterExpression: condition,
      ProjectionExpression: Object.keys(names).join(", "),
      ExpressionAttributeNames: { "#expiry": AttributeName, ...names },
      Limit: PAGE,
      ...(page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey }),
    });
    for (const Key of page.Items as Json[])
      deleted += await send("DeleteItem", {
        ...expired,
        Key,
        ConditionExpression: condition,
        ExpressionAttributeNames: { "#expiry": AttributeName },
      }).then(() => 1, renewed);
  } while (page.LastEvaluatedKey);
  return deleted;
};

const renewed = (error: unknown): 0 => {
  if (error instanceof AwsError && error.name === "ConditionalCheckFailedException") return 0;
  throw error;
};
