import type { JsonObject } from "../json.ts";

/** A trace as far as it is kept. */
export interface KeptTrace {
  readonly id: string;
  /** The latest version of each document, in the order in which they first came. */
  readonly documents: readonly JsonObject[];
  /** More was sent of it than is kept. */
  readonly limitExceeded: boolean;
}

/** The newest traces. */
export interface Traces {
  /**
   * Keeps a document; a later one with the same id takes its place. Of a trace that is full nothing more is kept.
   * @param text the document's JSON text
   * @returns false for one without the ids that it needs
   */
  record(document: JsonObject, text: string): boolean;
  /** Undefined for a trace that is not kept. */
  find(traceId: string): KeptTrace | undefined;
  /** The ids of all that are kept, the oldest first. */
  ids(): readonly string[];
}

/** Characters of a trace's documents: X-Ray keeps 100 KB of one that comes slowly, and up to 500 KB at best. */
const MOST_OF_A_TRACE = 500_000;

/** Characters of all traces' documents. */
const MOST = 64_000_000;

/** Makes an empty store. Documents are kept as text, which takes a fraction of the memory. */
export const createTraces = (most = MOST): Traces => {
  const traces = new Map<string, { texts: Map<string, string>; size: number; limitExceeded: boolean }>();
  let size = 0;

  const forgetOldest = () => {
    const [oldest] = traces;
    if (!oldest) return;
    traces.delete(oldest[0]);
    size -= oldest[1].size;
  };

  return {
    record({ trace_id: traceId, id }, text) {
      if (typeof traceId !== "string" || typeof id !== "string") return false;
      const trace = traces.get(traceId) ?? { texts: new Map(), size: 0, limitExceeded: false };
      traces.set(traceId, trace);
      const more = text.length - (trace.texts.get(id)?.length ?? 0);
      if (trace.size + more > MOST_OF_A_TRACE) {
        trace.limitExceeded = true;
        return true;
      }
      trace.texts.set(id, text);
      trace.size += more;
      size += more;
      while (size > most && traces.size > 1) forgetOldest();
      return true;
    },
    find(traceId) {
      const trace = traces.get(traceId);
      if (!trace) return undefined;
      const documents = [...trace.texts.values()].map((text): JsonObject => JSON.parse(text));
      return { id: traceId, documents, limitExceeded: trace.limitExceeded };
    },
    ids: () => [...traces.keys()],
  };
};
