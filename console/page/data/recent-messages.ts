import type { MessageSummary } from "../../contract.ts";

/** The newest of two lists, the newest first, each message once and as it is in the second list. */
export const merged = (
  known: readonly MessageSummary[],
  heard: readonly MessageSummary[],
  limit: number,
): MessageSummary[] => {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of heard) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => b.received - a.received || b.seq - a.seq).slice(0, limit);
};
