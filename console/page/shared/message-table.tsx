import type { MessageSummary } from "../../contract.ts";
import { messagePath } from "../route.ts";
import { OutcomeBar } from "./outcome-bar.tsx";
import { moveBetweenRows } from "./row-keys.ts";
import { count, duration, preciseTime } from "./words.ts";

/** Messages, each of which leads to its receipt. */
export const MessageTable = ({ messages }: { messages: readonly MessageSummary[] }) => (
  <table class="messages" onKeyDown={moveBetweenRows}>
    <caption class="unseen">Messages, the newest first</caption>
    <thead>
      <tr>
        <th scope="col">Time</th>
        <th scope="col">Message</th>
        <th scope="col">From</th>
        <th scope="col">Delivered</th>
        <th scope="col" class="number">
          Took
        </th>
      </tr>
    </thead>
    <tbody>
      {messages.map((message) => (
        <tr key={message.id}>
          <td class="time">
            <time dateTime={new Date(message.received).toISOString()}>{preciseTime(message.received)}</time>
          </td>
          <td class="what">
            <a class="row-link" data-row href={messagePath(message.id)}>
              {message.room} <span class="seq">#{message.seq}</span>
            </a>
          </td>
          <td class="from">{message.from}</td>
          <td class="delivered">
            <Delivery message={message} />
          </td>
          <td class="number took">{message.receipt ? duration(message.receipt.durationMs) : "–"}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Delivery = ({ message: { state, receipt } }: { message: MessageSummary }) => {
  if (state === "failed") return <span class="state bad">no receipt</span>;
  if (!receipt) return <span class="state running">on its way</span>;
  const { recipients, delivered, gone, failed } = receipt;
  if (recipients === 0) return <span class="state">nobody else there</span>;
  return (
    <span class="delivery">
      <OutcomeBar parts={{ delivered, gone, failed }} />
      <span>
        {delivered === recipients ? `all ${count(recipients)}` : `${count(delivered)} of ${count(recipients)}`}
      </span>
      {failed > 0 && <span class="state bad">{count(failed)} failed</span>}
    </span>
  );
};
