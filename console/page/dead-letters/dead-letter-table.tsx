import type { DeadLetter } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { messagePath, roomPath } from "../route.ts";
import { moveBetweenRows } from "../shared/row-keys.ts";
import { ago, counted, moment } from "../shared/words.ts";

interface Props {
  letters: readonly DeadLetter[];
  chosen: ReadonlySet<string>;
  onChoose(ids: ReadonlySet<string>): void;
}

export const DeadLetterTable = ({ letters, chosen, onChoose }: Props) => {
  const { now } = useConsole();
  const all = letters.every(({ letterId }) => chosen.has(letterId));
  return (
    <div class="wide boxed">
      <table class="letters" onKeyDown={moveBetweenRows}>
        <caption class="unseen">Dead letters</caption>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Choose all"
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChoose(all ? new Set() : new Set(letters.map(({ letterId }) => letterId)))}
              />
            </th>
            <th scope="col">When</th>
            <th scope="col">Reason</th>
            <th scope="col">Lacks it</th>
            <th scope="col">Message</th>
            <th scope="col">Queue</th>
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.letterId}>
              <td>
                <input
                  type="checkbox"
                  data-row
                  aria-label={`Choose ${letter.letterId}`}
                  checked={chosen.has(letter.letterId)}
                  onChange={() => onChoose(chosen.symmetricDifference(new Set([letter.letterId])))}
                />
              </td>
              <td class="time">
                <time dateTime={new Date(letter.at).toISOString()} title={moment(letter.at)}>
                  {ago(letter.at, now.value)}
                </time>
              </td>
              <td class="reason">{letter.reason}</td>
              <td>{lacking(letter)}</td>
              <td>
                {letter.messageId && <a href={messagePath(letter.messageId)}>{letter.messageId}</a>}
                {letter.room && (
                  <>
                    {" in "}
                    <a href={roomPath(letter.room)}>{letter.room}</a>
                  </>
                )}
              </td>
              <td>{letter.queue}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const lacking = ({ connections, range }: DeadLetter) => {
  if (range) return `Everyone in slots ${range.from} to ${range.to}`;
  return connections > 0 ? counted(connections, "connection") : "Everyone";
};
