import { useSignal } from "@preact/signals";
import type { Trace } from "../../contract.ts";
import { moveBetweenRows } from "../shared/row-keys.ts";
import { counted, duration } from "../shared/words.ts";
import { TraceLine } from "./trace-line.tsx";
import { ticks, traceRows, traceSpan } from "./trace-rows.ts";

/** The trace as a timeline. */
export const TraceTab = ({ trace }: { trace: Trace | undefined }) => {
  const toggled = useSignal<ReadonlySet<string>>(new Set());
  const criticalOnly = useSignal(false);
  if (!trace || trace.segments.length === 0) {
    return (
      <p class="empty">This message was not traced. Only a share of them is; its receipt and its log tell the rest.</p>
    );
  }
  const { from, to } = traceSpan(trace);
  const span = Math.max(to - from, 1);
  const rows = traceRows(trace, toggled.value).filter(({ critical }) => critical || !criticalOnly.value);
  const toggle = (key: string) => {
    toggled.value = toggled.value.symmetricDifference(new Set([key]));
  };
  return (
    <>
      <div class="filters">
        <p>
          {counted(trace.segments.length, "segment")} in {duration(span)}.{" "}
          <span class="critical-key">Critical path</span> marks what the last delivery waited for.
        </p>
        <label class="check">
          <input
            type="checkbox"
            checked={criticalOnly.value}
            onChange={({ currentTarget }) => {
              criticalOnly.value = currentTarget.checked;
            }}
          />
          Critical path only
        </label>
      </div>
      <div class="wide boxed">
        <table class="trace" onKeyDown={moveBetweenRows}>
          <caption class="unseen">
            Trace <code>{trace.id}</code>
          </caption>
          <thead>
            <tr>
              <th scope="col">Segment</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">
                <span class="unseen">Time since the start</span>
                <span class="scale" aria-hidden="true">
                  {ticks(span, 6).map((at) => (
                    <span key={at} style={{ left: `${(100 * at) / span}%` }}>
                      {duration(at)}
                    </span>
                  ))}
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <TraceLine key={row.key} row={row} from={from} span={span} onToggle={() => toggle(row.key)} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="detail">
        Trace <code>{trace.id}</code>
      </p>
    </>
  );
};
