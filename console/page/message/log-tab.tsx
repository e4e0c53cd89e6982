import { useSignal } from "@preact/signals";
import type { LogLine } from "../../contract.ts";
import { Choice } from "../shared/choice.tsx";
import { count, counted, preciseTime } from "../shared/words.ts";
import { detailText, LEVELS, linesOf } from "./log-filter.ts";

const LABELS = { debug: "All", info: "Info", warn: "Warnings", error: "Errors" } as const;

/** What the functions and the services wrote about the message. */
export const LogTab = ({ lines, received }: { lines: readonly LogLine[]; received: number }) => {
  const least = useSignal<LogLine["level"]>("debug");
  const text = useSignal("");
  if (lines.length === 0) {
    return (
      <p class="empty">
        No lines. Functions write about problems always, and about each delivery only at the level <code>DEBUG</code>.
      </p>
    );
  }
  const found = linesOf(lines, { least: least.value, text: text.value });
  return (
    <>
      <div class="filters">
        <Choice
          name="Least level"
          value={least.value}
          onChange={(next) => {
            least.value = next;
          }}
          options={LEVELS.map((level) => ({
            value: level,
            label: LABELS[level],
            count: count(linesOf(lines, { least: level, text: "" }).length),
          }))}
        />
        <input
          type="search"
          aria-label="Text in the lines"
          placeholder="Text in the lines"
          value={text.value}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </div>
      <p role="status" class="unseen">
        {counted(found.length, "line")}
      </p>
      {found.length === 0 && <p class="empty">No line is like that. Choose All, or search for less.</p>}
      <ol class="log">
        {found.map((line, index) => (
          <li key={`${line.at} ${index}`} class={`is-${line.level}`}>
            <Line line={line} received={received} />
          </li>
        ))}
      </ol>
    </>
  );
};

const Line = ({ line, received }: { line: LogLine; received: number }) => {
  const words = (
    <>
      <time dateTime={new Date(line.at).toISOString()} title={`${sinceThen(line.at - received)} since it was received`}>
        {preciseTime(line.at)}
      </time>
      <span class="level">{line.level}</span>
      <span class="from">{line.from}</span>
      <span class="said">{line.message}</span>
    </>
  );
  const details = Object.entries(line.details ?? {});
  if (details.length === 0) return <div class="line">{words}</div>;
  return (
    <details>
      <summary class="line">{words}</summary>
      <dl>
        {details.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{detailText(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

const sinceThen = (ms: number) => `${ms < 0 ? "−" : "+"}${count(Math.abs(ms))} ms`;
