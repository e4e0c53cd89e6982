import { useLayoutEffect, useRef } from "preact/hooks";
import type { RedriveResult } from "../../contract.ts";
import { counted } from "../shared/words.ts";
import type { Redrive } from "./redrive.ts";

interface Props {
  redrive: Redrive;
  onSend(letterIds: readonly string[]): void;
  onCancel(): void;
}

/** What a redrive would do, and then what it did, in words. */
export const RedriveReport = ({ redrive, onSend, onCancel }: Props) => {
  const box = useRef<HTMLElement>(null);
  // Before it is painted: a key that is pressed as soon as it is seen, such as Escape, is meant for it.
  useLayoutEffect(() => {
    if (redrive.step === "shown" || redrive.step === "done") box.current?.focus();
  }, [redrive.step]);
  switch (redrive.step) {
    case "choosing":
      return null;
    case "asking":
    case "sending":
      return <p role="status">{redrive.step === "asking" ? "Looking what is missing…" : "Sending again…"}</p>;
    case "refused":
      return (
        <p class="refused" role="alert">
          {redrive.reason}
        </p>
      );
    case "shown":
      return (
        <section
          class="report"
          ref={box}
          tabIndex={-1}
          aria-label="What would be sent"
          onKeyDown={({ key }) => key === "Escape" && onCancel()}
        >
          <h2>What would be sent</h2>
          <Results results={redrive.results} />
          <p class="buttons">
            <button type="button" class="main" onClick={() => onSend(redrive.letterIds)}>
              Send {counted(redrive.letterIds.length, "letter")} again
            </button>
            <button type="button" onClick={onCancel}>
              Cancel
            </button>
          </p>
        </section>
      );
    case "done":
      return (
        <section class="report" ref={box} tabIndex={-1} aria-label="What was sent">
          <h2>What was sent</h2>
          <Results results={redrive.results} />
        </section>
      );
  }
};

const Results = ({ results }: { results: readonly RedriveResult[] }) => (
  <ul>
    {results.map(({ letterId, outcome, done }) => (
      <li key={letterId} class={done ? "done" : undefined}>
        <code>{letterId}</code> {outcome}
      </li>
    ))}
  </ul>
);
