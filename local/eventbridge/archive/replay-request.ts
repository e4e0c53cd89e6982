import { AwsError } from "../../aws/error.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import { busName } from "../resources.ts";
import type { Rule } from "../routing.ts";
import type { Archive } from "./archives.ts";

/** What StartReplay asks for. */
export interface ReplayRequest {
  readonly name: string;
  readonly description: string | null;
  readonly archive: Archive;
  /** Unix times in milliseconds: events from the one on, and before the other. */
  readonly from: number;
  readonly to: number;
  /** The rules that get the events; null for all of the bus. */
  readonly ruleArns: string[] | null;
}

interface Known {
  readonly buses: readonly { readonly arn: string; readonly name: string }[];
  readonly archives: readonly Archive[];
  readonly rules: readonly Rule[];
}

/**
 * Checks what StartReplay is given, with AWS's errors as they were recorded.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html
 * @throws AwsError `ValidationException`, or `ResourceNotFoundException` for a bus that is not there
 */
export const readReplayRequest = (input: JsonObject, { buses, archives, rules }: Known): ReplayRequest => {
  const { ReplayName, EventSourceArn, EventStartTime, EventEndTime, Destination, Description } = input;
  const name = text("replayName", ReplayName);
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name))
    throw invalid("ReplayName", "It must be 1 to 64 of letters, digits, '.', '-' and '_'.");
  const from = time("eventStartTime", EventStartTime);
  const to = time("eventEndTime", EventEndTime);
  const destination = isJsonObject(Destination) ? Destination : {};
  const busArn = text("destination.arn", destination.Arn);
  const archiveArn = text("eventSourceArn", EventSourceArn);

  if (!/^arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\//.test(busArn))
    throw invalid("Destination.Arn", "Must contain an event bus ARN.");
  if (!buses.some(({ arn }) => arn === busArn))
    throw new AwsError("ResourceNotFoundException", `Event bus ${busName(busArn)} does not exist.`);
  const archive = archives.find(({ arn }) => arn === archiveArn);
  if (!archive) throw invalid("EventSourceArn", `Archive ${busName(archiveArn)} does not exist.`);
  if (archive.properties.SourceArn !== busArn)
    throw invalid("Destination.Arn", "Cross event bus replay is not permitted.");
  if (from >= to) throw invalid("EventEndTime", "EventStartTime must be before EventEndTime.");

  const ruleArns = Array.isArray(destination.FilterArns) ? destination.FilterArns.map(String) : [];
  const unknown = ruleArns.find((arn) => !rules.some((rule) => rule.arn === arn && rule.bus === busName(busArn)));
  // AWS's own words for this were not found recorded.
  if (unknown !== undefined)
    throw invalid("Destination.FilterArns", `Rule ${unknown} does not exist on the event bus.`);
  return {
    name,
    description: typeof Description === "string" ? Description : null,
    archive,
    from,
    to,
    ruleArns: ruleArns.length > 0 ? ruleArns : null,
  };
};

const invalid = (parameter: string, reason: string) =>
  new AwsError("ValidationException", `Parameter ${parameter} is not valid. Reason: ${reason}`);

const missing = (member: string) =>
  new AwsError(
    "ValidationException",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );

const text = (member: string, value: unknown): string => {
  if (typeof value !== "string") throw missing(member);
  return value;
};

/** The JSON protocol carries times in seconds. */
const time = (member: string, value: unknown): number => {
  if (typeof value !== "number") throw missing(member);
  return value * 1000;
};
