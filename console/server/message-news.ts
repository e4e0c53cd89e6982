import { EVENT_SOURCE, MESSAGE_DELIVERED, MESSAGE_POSTED } from "../../functions/contracts/events.ts";
import type { RecordEntry } from "../../local/record/record.ts";
import type { MessageSummary, Receipt } from "../contract.ts";

/** What an event on the bus tells of a message. */
export type MessageNews =
  | { readonly kind: "posted"; readonly summary: MessageSummary; readonly trace: string }
  | { readonly kind: "receipt"; readonly id: string; readonly receipt: Receipt };

/** Most of what a busy bus carries is about who comes and goes: what is not looked for is not parsed. */
const OF_MESSAGES = new RegExp(`"(?:${MESSAGE_POSTED}|${MESSAGE_DELIVERED})"`);

/** Reads an event as the record keeps it; undefined for one that is about no message. The text is left behind here. */
export const newsIn = ({ body }: Pick<RecordEntry, "body">): MessageNews | undefined => {
  if (!OF_MESSAGES.test(body)) return undefined;
  const { source, "detail-type": type, detail } = JSON.parse(body);
  if (source !== EVENT_SOURCE || typeof detail?.id !== "string") return undefined;
  if (type === MESSAGE_POSTED) {
    const { id, room, seq, from, received, trace = "" } = detail;
    const author = String(from?.name || from?.id || "");
    return { kind: "posted", summary: { id, room, seq, from: author, received, state: "running" }, trace };
  }
  if (type !== MESSAGE_DELIVERED) return undefined;
  const { id, recipients, delivered, gone, failed, throttled, durationMs } = detail;
  return { kind: "receipt", id, receipt: { recipients, delivered, gone, failed, throttled, durationMs } };
};

/** The messages that events tell of, each with its receipt where it has come. @param entries in any order */
export const summariesOf = (entries: readonly Pick<RecordEntry, "body">[]): MessageSummary[] => {
  const news = entries.map(newsIn).filter((one) => one !== undefined);
  const receipts = new Map(news.flatMap((one) => (one.kind === "receipt" ? [[one.id, one.receipt] as const] : [])));
  // A rule may deliver one event twice, and a replay puts it again: it is one message.
  const posted = new Map(
    news.flatMap((one) => (one.kind === "posted" ? [[one.summary.id, one.summary] as const] : [])),
  );
  return [...posted.values()].map((summary) => withReceipt(summary, receipts.get(summary.id)));
};

/** A message as it stands after its receipt. */
export const withReceipt = (summary: MessageSummary, receipt: Receipt | undefined): MessageSummary =>
  receipt ? { ...summary, state: "delivered", receipt } : summary;
