import { type Clock, sleep } from "../clock.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Faults } from "../faults/faults.ts";
import type { DurableMap } from "../journal/durable-map.ts";
import type { Log } from "../log.ts";
import { deadLetterAttributes, isWorthRetrying } from "./dead-letter.ts";
import { createLateDeliveries } from "./late-deliveries.ts";
import { afterFailure, retryPolicy } from "./retry.ts";
import type { Route } from "./routing.ts";
import { createRuleMetrics } from "./rule-metrics.ts";
import { targetInput } from "./target-input.ts";

/** One event on its way to one target, as the journal keeps it. */
export type Delivery = {
  readonly eventId: string;
  readonly ruleArn: string;
  readonly targetId: string;
  /** The whole event, as JSON text. */
  readonly event: string;
  readonly traceHeader: string | null;
  /** Unix time in milliseconds at which the bus took the event. */
  readonly acceptedAt: number;
  /** The replay that it is of; null the first time. */
  readonly replay: string | null;
};

/** Who is invoked: a rule's target. */
export interface DeliveryTarget {
  readonly id: string;
  readonly arn: string;
  /** The role that EventBridge takes on to invoke it; without one, the target's own policy must allow it. */
  readonly roleArn: string | undefined;
  readonly ruleArn: string;
}

export interface DeliveryNeeds {
  /**
   * Invokes a target with JSON text. Resolves once what it started is safe without the bus: until then the event
   * stays in the journal, and comes again after a restart. Rejects with the target's AwsError.
   */
  deliver(target: DeliveryTarget, input: string, traceHeader: string | undefined): Promise<void>;
  /** Sends a message to a dead-letter queue in the name of the rule; the event's trace header goes with it. */
  sendDeadLetter(
    queueArn: string,
    message: { body: string; attributes: Record<string, string>; traceHeader?: string | undefined },
    ruleArn: string,
  ): Promise<void>;
  readonly clock: Clock;
  /** A number from 0 to 1. */
  random(): number;
  readonly log: Log;
  readonly putMetric: PutMetric;
  /** `bus.duplicate`, `bus.delay` and `bus.reorder` strike deliveries that are in the journal: nothing is lost by them. */
  readonly faults: Faults;
}

export const keyOf = ({ eventId, ruleArn, targetId, replay }: Delivery): string =>
  [eventId, ruleArn, targetId, ...(replay ? [replay] : [])].join(" ");

/**
 * Delivers what the journal holds, every event to every target on its own: nothing waits for anything else. A
 * delivery leaves the journal once it succeeded, was dead-lettered or was dropped, so it happens at least once.
 */
export const createDeliveries = (
  needs: DeliveryNeeds,
  journal: DurableMap<Delivery>,
  find: (ruleArn: string, targetId: string) => Route | undefined,
) => {
  const stopping = new AbortController();
  const late = createLateDeliveries(needs);
  const count = createRuleMetrics(needs.putMetric);
  const from = "bus";
  let places = 0;

  const run = async (delivery: Delivery): Promise<void> => {
    const route = find(delivery.ruleArn, delivery.targetId);
    const place = ++places;
    const times = needs.faults.strikes("bus.duplicate") ? 2 : 1;
    if (route) await Promise.all(Array.from({ length: times }, () => deliver(delivery, route, place)));
    else warn(delivery, "The template has no such target any more: an event for it is dropped.");
    stopping.signal.throwIfAborted();
    await journal.delete(keyOf(delivery));
  };

  const deliver = async (delivery: Delivery, { rule, target }: Route, place: number): Promise<void> => {
    const waiting = { to: target.Arn, place };
    await late.wait(waiting, stopping.signal);
    const to = { id: target.Id, arn: target.Arn, roleArn: target.RoleArn, ruleArn: rule.arn };
    const policy = retryPolicy(target.RetryPolicy);
    for (let retries = 0; ; retries++) {
      count(rule, "InvocationAttempts");
      if (retries > 0) count(rule, "RetryInvocationAttempts");
      try {
        const delivering = needs.deliver(to, targetInput(target, delivery.event), delivery.traceHeader ?? undefined);
        late.started(waiting);
        await delivering;
        count(rule, "SuccessfulInvocationAttempts");
        return count(rule, "Invocations");
      } catch (error) {
        stopping.signal.throwIfAborted();
        const age = needs.clock.now() - delivery.acceptedAt;
        const next = isWorthRetrying(error) ? afterFailure(policy, retries, age, needs.random()) : undefined;
        if (!next || "exhausted" in next) return giveUp(delivery, { rule, target }, { error, retries, ...next });
        await sleep(needs.clock, next.retryAfterMs, stopping.signal);
      }
    }
  };

  const giveUp = async (
    delivery: Delivery,
    { rule, target }: Route,
    failure: { error: unknown; retries: number; exhausted?: string },
  ) => {
    const attributes = deadLetterAttributes({ ruleArn: rule.arn, targetArn: target.Arn, ...failure });
    count(rule, "Invocations");
    count(rule, "FailedInvocations");
    const queue = target.DeadLetterConfig?.Arn;
    if (!queue) return warn(delivery, "An event could not be delivered and there is no dead-letter queue.", attributes);
    try {
      const traceHeader = delivery.traceHeader ?? undefined;
      await needs.sendDeadLetter(queue, { body: delivery.event, attributes, traceHeader }, rule.arn);
      count(rule, "InvocationsSentToDlq");
      warn(delivery, "An event could not be delivered, and is in the dead-letter queue.", { ...attributes, queue });
    } catch (error) {
      // The event is lost, as it would be there.
      count(rule, "InvocationsFailedToBeSentToDlq");
      warn(delivery, "An event could be neither delivered nor dead-lettered.", { ...attributes, queue, error });
    }
  };

  const warn = ({ eventId, ruleArn, targetId }: Delivery, message: string, details: Record<string, unknown> = {}) =>
    needs.log({ level: "warn", from, message, details: { eventId, ruleArn, targetId, ...details } });

  return {
    /** Starts a delivery and does not wait for it. */
    start: (delivery: Delivery): void => {
      run(delivery).catch((error) => {
        if (stopping.signal.aborted) return;
        needs.log({ level: "error", from, message: "A delivery could not be recorded.", details: { error } });
      });
    },
    /** Ends the waiting for retries; whatever is not recorded by now is delivered after the next start. */
    stop: (): void => stopping.abort(),
  };
};
