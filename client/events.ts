import { whenAborted } from "./clock.ts";

/** Listeners by the type of event. */
export interface Events<Map> {
  /**
   * Calls the listener at each such event, until the function returned is called or the signal aborts. A listener that
   * throws stops nobody: the error is reported as any uncaught one.
   */
  on<Type extends keyof Map>(
    type: Type,
    listener: (event: Map[Type]) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): () => void;
}

/** Where events are told, and listened to. */
export const createEvents = <Map>(): Events<Map> & {
  emit<Type extends keyof Map>(type: Type, event: Map[Type]): void;
} => {
  const listeners = new Set<{ type: keyof Map; listener: (event: never) => void }>();
  return {
    on: (type, listener, { signal } = {}) => {
      const entry = { type, listener };
      const off = () => {
        listeners.delete(entry);
        forget();
      };
      listeners.add(entry);
      const forget = whenAborted(signal, () => listeners.delete(entry));
      return off;
    },
    emit: (type, event) => {
      for (const entry of [...listeners]) {
        if (entry.type !== type || !listeners.has(entry)) continue;
        try {
          entry.listener(event as never);
        } catch (error) {
          report(error);
        }
      }
    },
  };
};

/** Browsers have `reportError`; in Node an error thrown in a microtask is an uncaught exception. */
const report = (error: unknown): void => {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
};
