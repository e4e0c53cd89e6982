import { duration } from "../shared/words.ts";
import { segmentKind, segmentName } from "./segment-name.ts";
import type { TraceRow } from "./trace-rows.ts";

interface Props {
  row: TraceRow;
  /** When the trace begins. */
  from: number;
  /** How long it is, in milliseconds. */
  span: number;
  onToggle(): void;
}

const WORDS = { ok: "", error: "error", throttle: "throttled", fault: "fault" } as const;

/** A row of the timeline: its name, how long it took, and when. */
export const TraceLine = ({ row, from, span, onToggle }: Props) => {
  const kind = segmentKind(row.segments[0]?.origin);
  const many = row.segments.length > 1;
  const name = (
    <>
      <span class="name" title={row.name}>
        {segmentName(row.name)}
      </span>{" "}
      {kind && <span class="kind">{kind}</span>} {many && <span class="many">× {row.segments.length}</span>}
      {row.critical && <span class="unseen">, on the critical path</span>}
      {row.state !== "ok" && (
        <span class={`state ${row.state === "throttle" ? "warn" : "bad"}`}>
          <span class="unseen">, </span>
          {WORDS[row.state]}
        </span>
      )}
    </>
  );
  return (
    <tr class={row.critical ? "critical" : undefined}>
      <th scope="row">
        <span class="indent" style={{ paddingInlineStart: `${row.depth * 16}px` }}>
          {row.opens ? (
            <button type="button" class="fold" data-row aria-expanded={row.open} onClick={onToggle}>
              {name}
            </button>
          ) : (
            <span class="leaf">{name}</span>
          )}
        </span>
      </th>
      <td class="number">{duration(row.endedAt - row.startedAt)}</td>
      <td class="line">
        <span class="bars" aria-hidden="true">
          {row.segments.map(({ id, startedAt, endedAt, state }) => (
            <i
              key={id}
              class={`bar is-${state}`}
              style={{
                left: `${(100 * (startedAt - from)) / span}%`,
                width: `${(100 * (endedAt - startedAt)) / span}%`,
              }}
            />
          ))}
        </span>
      </td>
    </tr>
  );
};
