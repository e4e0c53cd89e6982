import type { Json, JsonObject } from "../json.ts";
import type { Condition } from "./after-attempt.ts";
import type { InvokeResult } from "./invoke.ts";

/** An asynchronous invocation that was given up. */
export interface GivenUp {
  readonly requestId: string;
  readonly functionArn: string;
  /** The event, as JSON text. */
  readonly payload: string;
  readonly condition: Condition;
  /** How often the function ran. */
  readonly attempts: number;
  /** What it answered last; not there if it never ran. */
  readonly answer?: InvokeResult | undefined;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/**
 * What an on-failure destination is sent. AWS documents no record of a function that never ran: it has no response.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const invocationRecord = (givenUp: GivenUp): JsonObject => ({
  version: "1.0",
  timestamp: new Date(givenUp.at).toISOString(),
  requestContext: {
    requestId: givenUp.requestId,
    functionArn: `${givenUp.functionArn}:$LATEST`,
    condition: givenUp.condition,
    approximateInvokeCount: givenUp.attempts,
  },
  requestPayload: JSON.parse(givenUp.payload) as Json,
  ...(givenUp.answer && {
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: JSON.parse(givenUp.answer.payload) as Json,
  }),
});
