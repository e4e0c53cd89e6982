import type { Json, JsonObject } from "../json.ts";
import type { Service, TraceFacts } from "./facts.ts";

/** A trace as GetTraceSummaries tells it. https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html */
export const traceSummary = (trace: TraceFacts): JsonObject => {
  const byKey = Map.groupBy(trace.annotations, ({ key }) => key);
  return {
    Id: trace.id,
    StartTime: trace.startTime,
    Duration: trace.duration,
    ResponseTime: trace.responseTime,
    HasFault: trace.fault,
    HasError: trace.error,
    HasThrottle: trace.throttle,
    IsPartial: trace.partial,
    Http: {},
    Annotations: Object.fromEntries(
      [...byKey].map(([key, annotations]) => [
        key,
        [...Map.groupBy(annotations, ({ value }) => value)].map(([value, same]) => ({
          AnnotationValue: annotationValue(value),
          ServiceIds: serviceIds(same.map(({ service }) => service)),
        })),
      ]),
    ),
    Users: [],
    ServiceIds: serviceIds(trace.services),
    ...(trace.entryPoint && { EntryPoint: serviceId(trace.entryPoint) }),
  };
};

const annotationValue = (value: Json): JsonObject => {
  if (typeof value === "number") return { NumberValue: value };
  return typeof value === "boolean" ? { BooleanValue: value } : { StringValue: String(value) };
};

const serviceId = ({ name, type }: Service): JsonObject => ({ Name: name, Names: [name], ...(type && { Type: type }) });

/** Each service once. */
const serviceIds = (services: readonly Service[]): JsonObject[] => [
  ...new Map(services.map((service) => [`${service.type} ${service.name}`, serviceId(service)])).values(),
];
