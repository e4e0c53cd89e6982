import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/** An entry is filed under no more than so many keys. */
const MOST_KEYS = 24;
/** Longer texts are no ids. */
const MOST_CHARACTERS = 256;
/** Ids are looked for in the object itself, in those that it holds, and in those that these hold. */
const LEVELS = 3;

/** `id`, `messageId`, `trace_id`… and the few others that AWS's own documents name a thing by. */
const namesAnId = /^(id|request|executionArn|execution_arn)$|Id$|_id$/;
/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
const rootOfTraceHeader = /^Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(;|$)/;

/**
 * The keys that an entry is filed under: every id that its JSON names within three levels, the trace of each trace
 * header there, and in a segment the ids that its subsegments are annotated with, however deep. Lists are left out: what
 * they hold is many, and the entry is not about one of them.
 */
export const keysOf = (value: Json | undefined): string[] => {
  const keys = new Set<string>();
  const add = (key: string) => {
    if (keys.size < MOST_KEYS && key !== "" && key.length <= MOST_CHARACTERS) keys.add(key);
  };
  const visit = (object: JsonObject, levels: number) => {
    for (const [name, held] of Object.entries(object)) {
      if (typeof held === "string") {
        if (namesAnId.test(name)) add(held);
        const [, traceId] = rootOfTraceHeader.exec(held) ?? [];
        if (traceId !== undefined) add(traceId);
      } else if (levels > 1 && isJsonObject(held)) visit(held, levels - 1);
    }
  };
  const visitAnnotations = (segment: JsonObject) => {
    if (!Array.isArray(segment.subsegments)) return;
    for (const subsegment of segment.subsegments.filter(isJsonObject)) {
      if (isJsonObject(subsegment.annotations)) visit(subsegment.annotations, 1);
      visitAnnotations(subsegment);
    }
  };
  if (isJsonObject(value)) {
    visit(value, LEVELS);
    visitAnnotations(value);
  }
  return [...keys];
};

/**
 * The keys of an event: besides its ids the texts that stand in its detail itself, for what is asked about events is most
 * often said there: a customer, a status, a place.
 */
export const keysOfEvent = (event: JsonObject): string[] => {
  const { detail } = event;
  const texts = isJsonObject(detail) ? Object.values(detail).filter((value) => typeof value === "string") : [];
  const short = texts.filter((text) => text !== "" && text.length <= MOST_CHARACTERS);
  return [...new Set([...keysOf(event), ...short])].slice(0, MOST_KEYS);
};

/** The keys of a text that is perhaps a JSON object: a log line that is none has none. */
export const keysInText = (text: string): string[] => {
  if (!text.startsWith("{")) return [];
  try {
    return keysOf(JSON.parse(text));
  } catch {
    return [];
  }
};
