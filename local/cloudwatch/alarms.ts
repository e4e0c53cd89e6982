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

/** Hears of an alarm that has changed its state. */
export type AlarmListener = (alarm: Alarm, status: AlarmStatus) => void;

/** The alarms of a template, evaluated as time goes by. */
export interface Alarms {
  /** All of them, by name. */
  readonly all: readonly Alarm[];
  /** The function returned ends the listening. */
  listen(listener: AlarmListener): () => void;
  /** Ends the evaluation. */
  stop(): void;
}

/**
 * Evaluates the alarms at the end of each minute, over periods that end there: what is known of the last minute is
 * known at once here, where AWS's metrics come a minute or two later.
 */
export const createAlarms = ({ alarms, store, clock, log }: Needs): Alarms => {
  const all = alarms
    .map((resource) => createAlarm(resource, { store, at: clock.now() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const listeners = new Set<AlarmListener>();
  const cancels = new Map<number, () => void>();

  const evaluate = (everyMs: number) => {
    const end = Math.floor(clock.now() / everyMs) * everyMs;
    for (const alarm of all) {
      if (alarm.everyMs !== everyMs) continue;
      const before = alarm.state();
      const status = alarm.evaluate(end);
      if (!status) continue;
      say(log, alarm, before, status);
      for (const listener of listeners) listener(alarm, status);
    }
  };
  const watch = (everyMs: number) => {
    const next = everyMs - (clock.now() % everyMs);
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
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
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
