import type { JsonObject } from "../json.ts";

/** The newest traces. */
export interface Traces {
  /** Keeps a document; a later one with the same id takes its place. False for one without the ids that it needs. */
  record(document: JsonObject): boolean;
  /** The documents of a trace, in the order in which they first came; undefined for a trace that is not kept. */
  find(traceId: string): JsonObject[] | undefined;
}

/** Makes an empty store. @param bound the most traces that are kept: some megabytes of them */
export const createTraces = (bound = 1000): Traces => {
  const traces = new Map<string, Map<string, JsonObject>>();
  return {
    record(document) {
      const { trace_id: traceId, id } = document;
      if (typeof traceId !== "string" || typeof id !== "string") return false;
      const documents = traces.get(traceId) ?? new Map<string, JsonObject>();
      traces.set(traceId, documents.set(id, document));
      const [oldest] = traces.keys();
      if (traces.size > bound && oldest !== undefined) traces.delete(oldest);
      return true;
    },
    find: (traceId) => {
      const documents = traces.get(traceId);
      return documents && [...documents.values()];
    },
  };
};
