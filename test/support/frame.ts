import type { Observation } from "../../functions/runtime/observe.ts";
import type { Frame } from "../../functions/runtime/route.ts";

const nothing = () => undefined;

/** What a function tells CloudWatch and X-Ray, unheard. */
export const unheard: Observation = {
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  message: nothing,
  connection: nothing,
  annotate: nothing,
  traceHeader: (sampled) => `Root=1-69000000-000000000000000000000001;Sampled=${sampled ? 1 : 0}`,
};

/** A frame of ann's, with these fields. */
export const frame = (body: Record<string, unknown>, connectionId = "ann="): Frame => ({
  connectionId,
  connectedAt: 1_700_000_000_000,
  sender: { id: "guest-ann", name: "Ann" },
  body,
  observe: unheard,
});
