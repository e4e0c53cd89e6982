import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { JsonObject } from "../json.ts";

interface Needs {
  readonly clock: Pick<Clock, "now">;
  readonly putMetric: PutMetric;
}

type Call = (action: string, input: JsonObject) => Promise<JsonObject>;

/** The actions that write: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
const WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"]);

/**
 * Measures the calls that name one table, as DynamoDB does: how long they take and how many are throttled, by the
 * dimensions TableName and Operation; throttled events and failed conditions by TableName. What a call consumes of a
 * table's capacity is not measured.
 */
export const measuredCalls = (call: Call, { clock, putMetric }: Needs): Call => {
  const made = new Map<string, Metric>();
  const metric = (name: string, unit: string, dimensions: Readonly<Record<string, string>>): Metric => {
    const key = [name, ...Object.values(dimensions)].join(" ");
    const known = made.get(key);
    if (known) return known;
    const one = { namespace: "AWS/DynamoDB", name, dimensions, unit };
    made.set(key, one);
    return one;
  };
  const countFailure = (error: unknown, TableName: string, Operation: string) => {
    const name = error instanceof AwsError ? error.name : "";
    if (name === "ConditionalCheckFailedException")
      putMetric(metric("ConditionalCheckFailedRequests", "Count", { TableName }), 1);
    if (name !== "ProvisionedThroughputExceededException") return;
    putMetric(metric("ThrottledRequests", "Count", { TableName, Operation }), 1);
    putMetric(metric(WRITES.has(Operation) ? "WriteThrottleEvents" : "ReadThrottleEvents", "Count", { TableName }), 1);
  };

  return async (Operation, input) => {
    const { TableName } = input;
    if (typeof TableName !== "string") return call(Operation, input);
    const startedAt = clock.now();
    try {
      const answer = await call(Operation, input);
      const latency = metric("SuccessfulRequestLatency", "Milliseconds", { TableName, Operation });
      putMetric(latency, clock.now() - startedAt);
      return answer;
    } catch (error) {
      countFailure(error, TableName, Operation);
      throw error;
    }
  };
};
