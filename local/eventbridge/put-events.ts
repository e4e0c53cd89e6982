import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Identity } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Faults } from "../faults/faults.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Log } from "../log.ts";
import { keysOfEvent } from "../record/keys.ts";
import type { RunRecord } from "../record/record.ts";
import { parseTraceHeader } from "../xray/trace-header.ts";
import type { Delivery } from "./deliveries.ts";
import { type AcceptedEvent, acceptEntry, entrySize, internalFailure } from "./entry.ts";
import { busName } from "./resources.ts";
import { type Rule, routesOf } from "./routing.ts";
import { createRuleMetrics } from "./rule-metrics.ts";

const MOST_ENTRIES = 10;
/** Of one request, 1 MB since January 2026: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const MOST_BYTES = 1024 * 1024;
/** Kinds of events that nobody listens to, which are remembered. */
const MOST_UNMATCHED = 1_000;

interface Needs {
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly rules: readonly Rule[];
  /** Starts deliveries. Resolves once they are in the journal. */
  readonly accept: (deliveries: readonly Delivery[]) => Promise<void>;
  /** Puts an event into the archives that want it. */
  readonly archive: (bus: string, event: string) => Promise<void>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly faults: Faults;
  readonly putMetric: PutMetric;
  /** Records each event that is accepted; without it none is. */
  readonly record?: RunRecord["write"] | undefined;
}

/**
 * The PutEvents action. It answers once every delivery that the events lead to is in the journal: an event with an
 * `EventId` is delivered, whatever happens to the process. An event for a bus that does not exist is accepted and goes
 * nowhere, as AWS was recorded to do.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 * @throws AwsError `ValidationException` for a call, rather than an entry, that is not valid; `InternalException` by
 *   the fault `bus.refuse`.
 */
export const createPutEvents = (needs: Needs) => {
  const unmatched = new Set<string>();
  const count = createRuleMetrics(needs.putMetric);

  return async (input: JsonObject, callTraceHeader: string | undefined): Promise<JsonObject> => {
    if (needs.faults.strikes("bus.refuse")) throw new AwsError("InternalException", "An internal error occurred.", 500);
    const results = entriesOf(input).map((entry) =>
      needs.faults.strikes("bus.refuse-entry")
        ? internalFailure
        : acceptEntry(entry, { ...needs.place, id: needs.newId(), now: needs.clock.now() }),
    );
    const accepted = results.filter((result) => "id" in result);
    for (const event of accepted) recordEvent(event, callTraceHeader);
    await Promise.all([
      needs.accept(accepted.flatMap((event) => deliveriesOf(event, callTraceHeader))),
      ...accepted.map(({ bus, text }) => needs.archive(busName(bus), text)),
    ]);
    return {
      FailedEntryCount: results.length - accepted.length,
      Entries: results.map((result) => ("id" in result ? { EventId: result.id } : { ...result })),
    };

    function deliveriesOf(event: AcceptedEvent, fallback: string | undefined): Delivery[] {
      const routes = routesOf(needs.rules, busName(event.bus), event.text);
      if (routes.length === 0) sayUnmatched(event);
      for (const rule of new Set(routes.map((route) => route.rule))) {
        count(rule, "MatchedEvents");
        count(rule, "TriggeredRules");
      }
      return routes.map(({ rule, target }) => ({
        eventId: event.id,
        ruleArn: rule.arn,
        targetId: target.Id,
        event: event.text,
        traceHeader: validHeader(event.traceHeader ?? fallback),
        acceptedAt: needs.clock.now(),
        replay: null,
      }));
    }
  };

  function recordEvent({ bus, text, traceHeader }: AcceptedEvent, callTraceHeader = "") {
    const entry = { at: needs.clock.now(), kind: "event", source: busName(bus), body: text } as const;
    needs.record?.(entry, keysOfEvent({ ...JSON.parse(text), traceHeader: traceHeader ?? callTraceHeader }));
  }

  /** Once for each kind of event: many a bus has some that nobody listens to. */
  function sayUnmatched({ bus, text }: AcceptedEvent) {
    const { source, "detail-type": detailType } = JSON.parse(text);
    const message = `No rule of ${busName(bus)} matches a ${detailType} of ${source}: it goes nowhere.`;
    if (unmatched.has(message)) return;
    if (unmatched.size === MOST_UNMATCHED) unmatched.clear();
    unmatched.add(message);
    needs.log({ level: "info", from: "bus", message });
  }
};

/**
 * The event goes on without a header that is not valid.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html
 */
const validHeader = (header: string | undefined): string | null => (parseTraceHeader(header) && header) ?? null;

/** The entries of a call. @throws AwsError `ValidationException` where there are none, too many or too large ones. */
export const entriesOf = (input: JsonObject): JsonObject[] => {
  const entries = Array.isArray(input.Entries) ? input.Entries.filter(isJsonObject) : [];
  if (entries.length === 0) throw constraint("greater than or equal to 1");
  if (entries.length > MOST_ENTRIES) throw constraint(`less than or equal to ${MOST_ENTRIES}`);
  if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) > MOST_BYTES) {
    throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
  }
  return entries;
};

const constraint = (bound: string) =>
  new AwsError(
    "ValidationException",
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
  );
