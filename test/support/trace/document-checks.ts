import { called, partsOf, type Segment, type TracedMessage } from "./segment.ts";

const name = /^[\p{L}\p{N}\s_.:/%&#=+\\\-@]{1,200}$/u;
const id = /^[0-9a-f]{16}$/;
const traceId = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/** Every document has the fields of a segment document, and of their types. */
export const check1DocumentsAreValid = ({ documents }: TracedMessage): string[] => [
  ...documents.flatMap((document) => [
    ...unless(traceId.test(document.trace_id ?? ""), document, "has no valid trace_id"),
    ...unless(!document.parent_id || id.test(document.parent_id), document, "has no valid parent_id"),
  ]),
  ...partsOf(documents).flatMap(({ segment }) => [
    ...unless(id.test(segment.id), segment, "has no valid id"),
    ...unless(name.test(segment.name), segment, "has no valid name"),
    ...unless(isTime(segment.start_time), segment, "has no start_time"),
    ...unless(isTime(segment.end_time) || segment.in_progress === true, segment, "has no end_time"),
    ...[segment.error, segment.throttle, segment.fault]
      .filter((flag) => flag !== undefined && typeof flag !== "boolean")
      .map((flag) => `${called(segment)} has the flag ${flag}`),
    ...unless(["aws", "remote", undefined].includes(segment.namespace), segment, "has another namespace"),
  ]),
];

const isTime = (seconds: unknown) => typeof seconds === "number" && seconds > 1e9 && seconds < 1e10;

/** One trace id in all documents; its time is that of the message, to a minute. */
export const check2OneTraceId = ({ documents, publishedAt }: TracedMessage): string[] => {
  const ids = [...new Set(documents.map((document) => document.trace_id))];
  const [only = ""] = ids;
  const began = Number.parseInt(only.slice(2, 10), 16);
  return [
    ...(ids.length === 1 ? [] : [`${ids.length} trace ids: ${ids.join(", ")}`]),
    ...(Math.abs(began - publishedAt) <= 60 ? [] : [`${only} is of another time`]),
  ];
};

/** Ids of segments and subsegments are unique in the trace. */
export const check3IdsAreUnique = ({ documents }: TracedMessage): string[] => {
  const byId = Map.groupBy(partsOf(documents), ({ segment }) => segment.id);
  return [...byId].filter(([, same]) => same.length > 1).map(([one, same]) => `${one} is used ${same.length} times`);
};

/** Nothing is left in progress. */
export const check8NothingInProgress = ({ documents }: TracedMessage): string[] =>
  partsOf(documents).flatMap(({ segment }) => unless(!segment.in_progress && !!segment.end_time, segment, "goes on"));

/** No document was sent twice with another end. @param sent every document as it came, in their order */
export const check8SentOnce = (sent: readonly Segment[]): string[] =>
  [...Map.groupBy(sent, ({ id }) => id).values()]
    .filter((same) => new Set(same.flatMap(({ end_time }) => end_time ?? [])).size > 1)
    .flatMap(([segment]) => (segment ? [`${called(segment)} has ended more than once`] : []));

/** No document is over 64 KB, and none tells what was said. */
export const check20NothingSecretNorLarge = ({ documents, secrets }: TracedMessage): string[] =>
  documents.flatMap((document) => {
    const text = JSON.stringify(document);
    return [
      ...unless(Buffer.byteLength(text) < 64 * 1024, document, "is over 64 KB"),
      ...unless(!secrets.some((secret) => text.includes(secret)), document, "tells what has no place in a trace"),
    ];
  });

/** A datagram to the daemon is a header line and a document. */
export const check21DatagramHasTheDaemonsForm = (datagram: string): string[] => {
  const [header, document = "", ...more] = datagram.split("\n");
  const { format, version } = JSON.parse(header ?? "");
  return [
    ...(format === "json" && version === 1 ? [] : [`its header is ${header}`]),
    ...(more.length === 0 && id.test(JSON.parse(document).id) ? [] : ["no document follows the header"]),
  ];
};

export const unless = (holds: boolean, segment: Segment, what: string): string[] =>
  holds ? [] : [`${called(segment)} ${what}`];
