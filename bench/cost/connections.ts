import { add, scale, type Usage } from "../model/usage.ts";
import { CLIENT, ENVELOPE_BYTES, PRESENCE_MEMBERS } from "./deployment.ts";
import { quietLook } from "./presence.ts";
import { invocation } from "./route.ts";

/** Minutes of a month, a twelfth of a year. */
export const MONTH_MINUTES = (365 / 12) * 24 * 60;

/** A frame that a client sends and its answer. */
const exchange = { webSocketMessages: 2, egressBytes: ENVELOPE_BYTES.frame };

/** The connection's rooms and the head of one. */
const ping = (traced: number) => add(exchange, invocation(2, traced), { dynamoDbReadUnits: 2 });

const isTold = (roomMembers: number) => roomMembers <= PRESENCE_MEMBERS;

/**
 * A new connection in the place of an old one: authorize, connect, join and the ping that follows it; then disconnect.
 * A room that is told who comes and goes is looked at twice, and finds that nobody did.
 */
const renewal = (roomMembers: number, traced: number): Usage =>
  add(
    // One trace: authorize and connect are one request. The person's row is written, and all of theirs are read: up to
    // twenty fit a unit, with strong consistency.
    invocation(0, traced),
    invocation(2, 0),
    { dynamoDbWriteUnits: 1, dynamoDbReadUnits: 1 },
    // The row and its index are written, its rooms and the head are read.
    exchange,
    invocation(3, traced),
    { dynamoDbWriteUnits: 2, dynamoDbReadUnits: 2 },
    ping(traced),
    // The membership goes, the person's row beside it.
    invocation(2, traced),
    { dynamoDbWriteUnits: 3, dynamoDbReadUnits: 1 },
    // Who comes and who goes asks whether a look is due.
    isTold(roomMembers) ? scale(quietLook(roomMembers, traced), 2) : { dynamoDbReadUnits: 2 * 0.5 },
  );

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
    scale(renewal(roomMembers, traced), MONTH_MINUTES / CLIENT.renewalMinutes),
  );
