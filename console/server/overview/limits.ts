import type { Quota } from "../../contract.ts";

/** A quota of the account, and the metric that tells how much of it is used. */
export interface Limit extends Omit<Quota, "used"> {
  readonly namespace: string;
  readonly metric: string;
  /** What is used: as many in a second; or the highest values of the last minute, of all resources together. */
  readonly used: "a second" | "at most";
}

/**
 * The quotas that Roomcast comes near to first, as they are in us-east-1 unless AWS has raised them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const LIMITS: readonly Limit[] = [
  {
    name: "Posts and frames a second",
    limit: 10_000,
    unit: "a second",
    namespace: "AWS/ApiGateway",
    metric: "MessageCount",
    used: "a second",
  },
  {
    name: "New connections a second",
    limit: 500,
    unit: "a second",
    namespace: "AWS/ApiGateway",
    metric: "ConnectCount",
    used: "a second",
  },
  {
    name: "Functions that run at once",
    limit: 1_000,
    unit: "at once",
    namespace: "AWS/Lambda",
    metric: "ConcurrentExecutions",
    used: "at most",
  },
  {
    name: "Invocations by the bus a second",
    limit: 18_750,
    unit: "a second",
    namespace: "AWS/Events",
    metric: "Invocations",
    used: "a second",
  },
  {
    name: "Executions started a second",
    limit: 6_000,
    unit: "a second",
    namespace: "AWS/States",
    metric: "ExecutionsStarted",
    used: "a second",
  },
];
