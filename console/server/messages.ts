import type { Clock } from "../../local/clock.ts";
import type { Log } from "../../local/log.ts";
import type { RecordEntry, RunRecord } from "../../local/record/record.ts";
import type { MessageSummary } from "../contract.ts";
import { fanOutIn, isFailure, stateOf } from "./fan-out.ts";
import { newsIn, summariesOf, withReceipt } from "./message-news.ts";

interface Needs {
  readonly record: Pick<RunRecord, "find" | "latest" | "listen">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Messages whose receipt is waited for; of more the oldest is looked up in the record as its receipt comes. */
const MOST_RUNNING = 2_000;

/** The messages that the record knows. */
export interface Messages {
  /** The newest first. */
  latest(asked: { readonly limit: number; readonly room?: string | undefined }): Promise<MessageSummary[]>;
  /** Hears of each message as it is posted, and again as its receipt comes or its fan-out fails. @returns ends it */
  follow(hear: (message: MessageSummary) => void): () => void;
}

export const createMessages = ({ record, clock, log }: Needs): Messages => {
  /** Whether those without a receipt are still on their way. */
  const settled = async (messages: readonly MessageSummary[]): Promise<MessageSummary[]> => {
    const open = messages.filter(({ receipt }) => !receipt);
    if (open.length === 0) return [...messages];
    const executions = await record.find(
      open.map(({ id }) => id),
      ["execution"],
    );
    const fanOuts = executions.map(fanOutIn).filter((one) => one !== undefined);
    return messages.map((message) => ({ ...message, state: stateOf(message, fanOuts, clock.now()) }));
  };

  /** Events of a room are filed under its name; of all rooms, others come between those of messages. */
  const eventsOf = async (room: string | undefined, limit: number): Promise<RecordEntry[]> =>
    room === undefined ? record.latest("event", 4 * limit + 200) : record.find([room], ["event"]);

  const lookUp = async (id: string) => summariesOf(await record.find([id], ["event"]));
  const unread = ({ message }: Error) =>
    log({ level: "warn", from: "console", message: `A message could not be looked up: ${message}` });

  return {
    async latest({ limit, room }) {
      const summaries = summariesOf(await eventsOf(room, limit))
        .filter((summary) => room === undefined || summary.room === room)
        .sort((one, other) => other.received - one.received || other.seq - one.seq);
      return settled(summaries.slice(0, limit));
    },
    follow(hear) {
      const running = new Map<string, MessageSummary>();
      const close = (id: string) => {
        const known = running.get(id);
        running.delete(id);
        return known;
      };
      const ends = [
        record.listen("event", (entry) => {
          const news = newsIn(entry);
          if (news?.kind === "posted") {
            const { summary } = news;
            running.set(summary.id, summary);
            const [oldest] = running.keys();
            if (running.size > MOST_RUNNING && oldest !== undefined) running.delete(oldest);
            hear(summary);
          } else if (news) {
            const known = close(news.id);
            if (known) hear(withReceipt(known, news.receipt));
            else void lookUp(news.id).then((found) => found.forEach(hear), unread);
          }
        }),
        record.listen("execution", (entry) => {
          const fanOut = fanOutIn(entry);
          if (!fanOut || !isFailure(fanOut.status)) return;
          const known = close(fanOut.messageId);
          if (known) hear({ ...known, state: "failed" });
        }),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
};
