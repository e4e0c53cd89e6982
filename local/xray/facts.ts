import type { Json } from "../json.ts";
import type { KeptTrace } from "./traces.ts";
import { type WholeSegment, wholeSegments } from "./whole-segments.ts";

/** What a trace, or one of its services, is found by. Times are seconds. */
export interface Facts {
  readonly error: boolean;
  readonly fault: boolean;
  readonly throttle: boolean;
  /** A segment has not ended. */
  readonly partial: boolean;
  readonly responseTime: number;
  readonly duration: number;
}

/** A service as the trace map shows it. */
export interface Service {
  readonly name: string;
  /** Its origin: `AWS::Lambda::Function`. */
  readonly type: string | undefined;
  readonly facts: Facts;
}

/** An annotation's value, and whose it is. */
export interface Annotation {
  readonly key: string;
  readonly value: Json;
  readonly service: Service;
}

/** What is known of a whole trace. */
export interface TraceFacts extends Facts {
  readonly id: string;
  /** Unix time in seconds. */
  readonly startTime: number;
  /** The service that the trace begins with. */
  readonly entryPoint: Service | undefined;
  readonly services: readonly Service[];
  readonly annotations: readonly Annotation[];
}

/** Reads a trace. Its own response time and flags are those of the segment that it begins with, as X-Ray has them. */
export const traceFacts = ({ id, documents }: KeptTrace): TraceFacts => {
  const segments = wholeSegments(documents);
  const ids = new Set(segments.flatMap((segment) => withSubsegments(segment).map((one) => one.id)));
  const root = segments.find(({ parent_id }) => !ids.has(String(parent_id))) ?? segments[0];
  const all = segments.flatMap((segment) => {
    const service = serviceOf(segment);
    return withSubsegments(segment).map((part) => ({ part, service }));
  });
  const startTime = Math.min(...segments.map(startOf));
  const end = Math.max(...segments.map(endOf));
  return {
    id,
    ...(root ? factsOf(root) : none),
    partial: all.some(({ part }) => part.end_time === undefined),
    startTime,
    duration: end - startTime,
    entryPoint: root && serviceOf(root),
    // What a call goes to is a node of the map, whether or not it is traced itself.
    services: [
      ...segments.map(serviceOf),
      ...all.flatMap(({ part }) => (part.namespace === undefined ? [] : [serviceOf(part)])),
    ],
    annotations: all.flatMap(({ part, service }) =>
      Object.entries(part.annotations ?? {}).map(([key, value]) => ({ key, value, service })),
    ),
  };
};

const none: Facts = { error: false, fault: false, throttle: false, partial: true, responseTime: 0, duration: 0 };

const withSubsegments = (segment: WholeSegment): WholeSegment[] => [
  segment,
  ...(segment.subsegments ?? []).flatMap(withSubsegments),
];

const serviceOf = (segment: WholeSegment): Service => ({
  name: String(segment.name),
  type: typeof segment.origin === "string" ? segment.origin : undefined,
  facts: factsOf(segment),
});

const factsOf = (segment: WholeSegment): Facts => {
  const seconds = endOf(segment) - startOf(segment);
  return {
    error: segment.error === true,
    fault: segment.fault === true,
    throttle: segment.throttle === true,
    partial: segment.end_time === undefined,
    responseTime: seconds,
    duration: seconds,
  };
};

const startOf = ({ start_time }: WholeSegment) => Number(start_time ?? 0);
const endOf = (segment: WholeSegment) => Number(segment.end_time ?? startOf(segment));
