import { AwsError } from "../aws/error.ts";
import { isJsonObject, isTooDeep, type Json, type JsonObject } from "../json.ts";

/** An event that the bus has accepted. */
export interface AcceptedEvent {
  readonly id: string;
  /** The bus that it was put on, by name. */
  readonly bus: string;
  /** The whole event, as JSON text. */
  readonly text: string;
  /** The entry's own `TraceHeader`, where it has one: it wins over the call's. */
  readonly traceHeader?: string;
}

/** How PutEvents answers for one entry that it did not take. */
export interface FailedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** Who the event belongs to, and what the bus gives it. */
export interface EventContext {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  /** Unix time in milliseconds, for an entry without `Time`. */
  readonly now: number;
}

/** The source prefix that only AWS services may use. */
const RESERVED_SOURCE = /^aws\./;

/**
 * Makes an event of one entry of PutEvents, or says why not, as recorded from AWS.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 * @throws AwsError `SerializationException` for a `Time` that is none.
 */
export const acceptEntry = (entry: JsonObject, context: EventContext): AcceptedEvent | FailedEntry => {
  const { Source: source, DetailType: detailType, Detail: detail } = entry;
  for (const name of ["Source", "DetailType", "Detail"]) {
    if (typeof entry[name] === "string" && entry[name] !== "") continue;
    return failed("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (RESERVED_SOURCE.test(String(source))) {
    return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  if (!isObjectText(String(detail))) return failed("MalformedDetail", "Detail is malformed.");
  const head = JSON.stringify({
    version: "0",
    id: context.id,
    "detail-type": detailType,
    source,
    account: context.account,
    time: timeOf(entry.Time, context.now),
    region: context.region,
    resources: Array.isArray(entry.Resources) ? entry.Resources : [],
  });
  return {
    id: context.id,
    bus: String(entry.EventBusName ?? "default"),
    // The detail goes in as it was written: parsing it would change numbers, and patterns may compare their text.
    text: `${head.slice(0, -1)},"detail":${String(detail).trim()}}`,
    ...(typeof entry.TraceHeader === "string" && { traceHeader: entry.TraceHeader }),
  };
};

/** The size that counts for the quota, in bytes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
export const entrySize = (entry: JsonObject): number => {
  const resources = Array.isArray(entry.Resources) ? entry.Resources : [];
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...resources];
  const bytes = texts.reduce<number>((sum, text) => sum + (typeof text === "string" ? Buffer.byteLength(text) : 0), 0);
  return bytes + (entry.Time === undefined ? 0 : 14);
};

/** What an entry is answered that could as well have been taken: the sender puts it again. */
export const internalFailure: FailedEntry = {
  ErrorCode: "InternalFailure",
  ErrorMessage: "An internal error occurred.",
};

const failed = (ErrorCode: string, ErrorMessage: string): FailedEntry => ({ ErrorCode, ErrorMessage });

const isObjectText = (text: string) => {
  try {
    const value = JSON.parse(text);
    return isJsonObject(value) && !isTooDeep(value, text);
  } catch {
    return false;
  }
};

/** The JSON protocol carries times as seconds, a state machine's task as text; events carry them in UTC, to the second. */
const timeOf = (time: Json | undefined, now: number) => {
  const date = new Date(typeof time === "number" ? time * 1000 : typeof time === "string" ? time : now);
  if (Number.isNaN(date.getTime())) throw new AwsError("SerializationException", `${time} is not a time.`);
  return date.toISOString().replace(/\.\d+Z$/, "Z");
};
