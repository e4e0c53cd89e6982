import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Recipient } from "../../contract.ts";
import { duration, preciseTime } from "../shared/words.ts";
import { rowWindow } from "./row-window.ts";

/** As in recipients.css. */
const ROW_HEIGHT = 34;

/** Any number of recipients, of which only the rows in view are in the document. */
export const RecipientTable = ({ recipients, received }: { recipients: readonly Recipient[]; received: number }) => {
  const box = useRef<HTMLElement>(null);
  const view = useSignal({ top: 0, height: 600 });
  const look = () => {
    const element = box.current;
    if (!element) return;
    const { top, height } = view.value;
    const next = { top: element.scrollTop, height: element.clientHeight };
    if (next.top !== top || next.height !== height) view.value = next;
  };
  // A filter shortens the list, and with it what is scrolled.
  useEffect(look);
  const { first, end, before, after } = rowWindow(recipients.length, { ...view.value, row: ROW_HEIGHT });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="recipients" ref={box} onScroll={look} tabIndex={0} aria-label="Recipients">
      <table aria-rowcount={recipients.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Connection</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="number">
              After
            </th>
            <th scope="col">At</th>
            <th scope="col" class="number">
              Posts
            </th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <Gap height={before} />
        <tbody>
          {recipients.slice(first, end).map((one, index) => (
            <tr key={one.connectionId} aria-rowindex={first + index + 2}>
              <td>
                <code>{one.connectionId}</code>
              </td>
              <td>
                <i class={`dot is-${one.outcome}`} aria-hidden="true" /> {one.outcome}
              </td>
              <td class="number">{duration(one.at - received)}</td>
              <td class="time">{preciseTime(one.at)}</td>
              <td class={one.tries > 1 ? "number often" : "number"}>{one.tries}</td>
              <td class="error">{one.error}</td>
            </tr>
          ))}
        </tbody>
        <Gap height={after} />
      </table>
    </section>
  );
};

/** Stands for rows that are not drawn. */
const Gap = ({ height }: { height: number }) =>
  height > 0 ? (
    <tbody class="gap" aria-hidden="true">
      <tr>
        <td colSpan={6} style={{ height: `${height}px` }} />
      </tr>
    </tbody>
  ) : null;
