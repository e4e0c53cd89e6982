import type { Alarm, Overview } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { PATHS } from "../route.ts";
import { Panel } from "../shared/panel.tsx";
import { ago, count, counted } from "../shared/words.ts";
import { Runbook } from "./runbook.tsx";

/** What somebody should look at: alarms that ring, dead letters, faults that are on. */
export const AttentionPanel = () => {
  const overview = useConsole().store.overview.value;
  return <Panel title="Needs attention">{overview && <Attention overview={overview} />}</Panel>;
};

const Attention = ({ overview }: { overview: Overview }) => {
  const ringing = overview.alarms.filter(({ state }) => state === "ALARM");
  const quiet = overview.alarms.filter(({ state }) => state !== "ALARM");
  const queues = overview.deadLetters.filter((queue) => queue.count > 0);
  const faults = overview.faults.filter(({ when }) => when !== undefined);
  const calm = ringing.length + queues.length + faults.length === 0;
  return (
    <>
      {calm && <p class="calm">All quiet. No alarm rings, no dead letters, no faults on.</p>}
      <ul class="attention" aria-label="What needs attention">
        {ringing.map((alarm) => (
          <li key={alarm.name} class="bad">
            <RingingAlarm alarm={alarm} />
          </li>
        ))}
        {queues.map((queue) => (
          <li key={queue.queue} class="bad">
            <a href={PATHS.deadLetters}>
              {counted(queue.count, "dead letter")} in <b>{queue.queue}</b>
            </a>
          </li>
        ))}
        {faults.length > 0 && (
          <li class="warn">
            <a href={PATHS.faults}>{counted(faults.length, "fault")} switched on</a>
            <span class="fault-names">
              {faults.map(({ name, when }) => (
                <code key={name}>
                  {name}={when}
                </code>
              ))}
            </span>
          </li>
        )}
      </ul>
      {quiet.length > 0 && <QuietAlarms alarms={quiet} />}
    </>
  );
};

const RingingAlarm = ({ alarm }: { alarm: Alarm }) => {
  const { now } = useConsole();
  return (
    <>
      <b>{alarm.name}</b> <span class="since">since {ago(alarm.since, now.value)}</span>
      <Runbook description={alarm.description} />
    </>
  );
};

const QuietAlarms = ({ alarms }: { alarms: readonly Alarm[] }) => {
  const unknown = alarms.filter(({ state }) => state === "INSUFFICIENT_DATA").length;
  const ok = alarms.length - unknown;
  return (
    <details class="alarms">
      <summary>
        {[ok > 0 && `${counted(ok, "alarm")} OK`, unknown > 0 && `${count(unknown)} without data`]
          .filter(Boolean)
          .join(", ")}
      </summary>
      <ul>
        {alarms.map(({ name, state, description }) => (
          <li key={name}>
            <b>{name}</b> {state === "OK" ? "OK" : "no data yet"}
            <Runbook description={description} />
          </li>
        ))}
      </ul>
    </details>
  );
};
