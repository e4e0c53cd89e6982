import { AwsError } from "../../../local/aws/error.ts";
import type { Json, JsonObject } from "../../../local/json.ts";
import type { Meter } from "../meter.ts";
import type { Strikes } from "../mishaps.ts";
import { customEventsOf } from "../usage.ts";
import type { Delays } from "./delays.ts";

interface Needs {
  readonly delays: Delays;
  readonly meter: Meter;
  readonly strikes: Strikes;
}

/** What a rule does with the detail of an event. */
export type Target = (detail: Json) => Promise<void>;

/** EventBridge: rules by `detail-type`, each with one target. */
export const createBus = ({ delays, meter, strikes }: Needs) => {
  const rules = new Map<string, Target>();
  return {
    rule: (detailType: string, target: Target) => void rules.set(detailType, target),
    /**
     * PutEvents.
     * @returns what it answers, and when all that its events started has ended
     */
    put: async ({ Entries }: JsonObject): Promise<{ answer: JsonObject; ended: Promise<unknown> }> => {
      await delays.whole("putEvents");
      if (strikes("busRefuses")) throw new AwsError("InternalException", "The bus is not available.", 500);
      const ended = (Entries as { DetailType: string; Detail: string }[]).map(async ({ DetailType, Detail }) => {
        meter.count("customEvents", customEventsOf(Buffer.byteLength(Detail)));
        const target = rules.get(DetailType);
        if (!target) return;
        await delays.whole("bus");
        await target(JSON.parse(Detail));
      });
      return { answer: { FailedEntryCount: 0, Entries: [] }, ended: Promise.all(ended) };
    },
  };
};

export type Bus = ReturnType<typeof createBus>;
