import type { Json, JsonObject } from "../json.ts";
import type { Table } from "./table-schema.ts";

/**
 * Answers DescribeTimeToLive for a table of the template: it is this runtime that deletes what has expired, and the
 * server behind it knows nothing of that.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html
 * @returns undefined for a table that the template does not have
 */
export const describeTimeToLive = (tables: readonly Table[], nameOrArn: Json | undefined): JsonObject | undefined => {
  const table = tables.find(({ ref }) => ref === nameOrArn || String(nameOrArn).endsWith(`:table/${ref}`));
  if (!table) return undefined;
  const { Enabled = false, AttributeName } = table.properties.TimeToLiveSpecification ?? {};
  return {
    TimeToLiveDescription: {
      TimeToLiveStatus: Enabled ? "ENABLED" : "DISABLED",
      ...(Enabled && AttributeName && { AttributeName }),
    },
  };
};
