import { LATENCIES, PROCESSOR } from "../model/figures.ts";
import { add, expressGbSecondsOf, lambdaGbSecondsOf, scale, type Usage } from "../model/usage.ts";
import { CLIENT, ENVELOPE_BYTES, GATHERING_MS, LOG_BYTES, MEMORY_MB, PRESENCE_MEMBERS } from "./deployment.ts";
import { computeMs, meanMs } from "./durations.ts";

/** Minutes of a month, a twelfth of a year. */
export const MONTH_MINUTES = (365 / 12) * 24 * 60;

/** An invocation of a route with that many calls of DynamoDB one after the other. */
const route = (calls: number, traced: number): Usage =>
  add({
    lambdaRequests: 1,
    lambdaGbSeconds: lambdaGbSecondsOf(
      calls * meanMs(LATENCIES.item) + computeMs(PROCESSOR.publishMs / 2, MEMORY_MB.route),
      MEMORY_MB.route,
    ),
    logBytes: LOG_BYTES.route,
    tracesRecorded: traced,
  });

/** A frame that a client sends and its answer. */
const exchange = { webSocketMessages: 2, egressBytes: ENVELOPE_BYTES.frame };

/** The connection's rooms and the head of one. */
const ping = (traced: number) => add(exchange, route(2, traced), { dynamoDbReadUnits: 2 });

/**
 * A new connection in the place of an old one: authorize, connect, join and the ping that follows it; then disconnect.
 * A room that is told who comes and goes is looked at twice, and finds that nobody did.
 */
const renewal = (isTold: boolean, traced: number): Usage =>
  add(
    // One trace: authorize and connect are one request.
    route(0, traced),
    route(0, 0),
    // The row and its index are written, its rooms and the head are read.
    exchange,
    route(3, traced),
    { dynamoDbWriteUnits: 2, dynamoDbReadUnits: 2 },
    ping(traced),
    route(2, traced),
    { dynamoDbWriteUnits: 2, dynamoDbReadUnits: 1 },
    isTold ? scale(look(traced), 2) : {},
  );

/** A look at a room after somebody came or went: announced, an execution that waits, `roster`, and no news. */
const look = (traced: number): Usage =>
  add(route(2, 0), {
    dynamoDbReadUnits: 0.5 + 1 + 2.5,
    dynamoDbWriteUnits: 1,
    customEvents: 1,
    expressRequests: 1,
    expressGbSeconds: expressGbSecondsOf({
      durationMs: GATHERING_MS + 100,
      definitionBytes: 0,
      iterations: 0,
      bytesOfAnIteration: 0,
    }),
    tracesRecorded: traced,
  });

/**
 * What one connection uses in a month in which it is always there, and nothing is said.
 * @param traced the share of requests that X-Ray records
 */
export const connectionUsage = (
  { roomMembers, pingSeconds }: { readonly roomMembers: number; readonly pingSeconds: number },
  traced: number,
): Usage =>
  add(
    { connectionMinutes: MONTH_MINUTES },
    scale(ping(traced), (MONTH_MINUTES * 60) / pingSeconds),
    scale(renewal(roomMembers <= PRESENCE_MEMBERS, traced), MONTH_MINUTES / CLIENT.renewalMinutes),
  );
