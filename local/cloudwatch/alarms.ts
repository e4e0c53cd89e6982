import type { Clock } from "../clock.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { Log } from "../log.ts";
import { type Alarm, type AlarmStatus, createAlarm } from "./alarm.ts";
import type { AlarmProperties } from "./alarm-properties.ts";
import type { MetricStore } from "./metric-store.ts";

interface Needs {
  readonly alarms: readonly Resource<AlarmProperties>[];
  readonly store: Pick<MetricStore, "read">;
  readonly clock: Clock;
  readonly log: Log;
}

/** The alarms of a template, evaluated as time goes by. */
export interface Alarms {
  /** All of them, by name. */
  readonly all: readonly Alarm[];
  /** Ends the evaluation. */
  stop(): void;
}

/**
 * How long after its end a period is looked at: what began in it counts in it, and may have ended a little later. AWS's
 * own metrics come a minute or two late.
 */
const SETTLE_MS = 10_000;

/** Evaluates the alarms each minute, over the periods that have ended by the minute's beginning. */
export const createAlarms = ({ alarms, store, clock, log }: Needs): Alarms => {
  const createdAt = clock.now();
  const all = alarms
    .map((resource) => createAlarm(resource, { store, createdAt }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const cancels = new Map<number, () => void>();

  const evaluate = (everyMs: number) => {
    const now = clock.now();
    const settled = now - SETTLE_MS;
    for (const alarm of all) {
      if (alarm.everyMs !== everyMs) continue;
      const before = alarm.state();
      const status = alarm.evaluate(settled - (settled % everyMs), now);
      if (status) say(log, alarm, before, status);
    }
  };
  const watch = (everyMs: number) => {
    const next = everyMs - ((clock.now() - SETTLE_MS) % everyMs);
    cancels.set(
      everyMs,
      clock.after(next, () => {
        evaluate(everyMs);
        watch(everyMs);
      }),
    );
  };
  for (const everyMs of new Set(all.map((alarm) => alarm.everyMs))) watch(everyMs);

  return {
    all,
    stop() {
      for (const cancel of cancels.values()) cancel();
    },
  };
};

/** No topic runs here: that an alarm would have told one is said in the log, where the operator of one machine looks. */
const say = (log: Log, { name, properties }: Alarm, before: AlarmStatus, { state, reason }: AlarmStatus) => {
  const { AlarmDescription, ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions } = properties;
  const actions = { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions }[state];
  const level = state === "ALARM" ? "warn" : state === "OK" && before.state === "ALARM" ? "info" : "debug";
  log({
    level,
    from: "cloudwatch",
    message: `The alarm ${name} is ${state}${AlarmDescription ? `: ${AlarmDescription.split("\n")[0]}` : ""}`,
    details: { reason, ...(ActionsEnabled && actions.length > 0 && { wouldNotify: actions }) },
  });
};
