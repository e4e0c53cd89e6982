import { createHash } from "node:crypto";

/**
 * Whether a message is among the share that is traced. The id decides, so that a message that is announced again is
 * traced again or not.
 * @param percent of 100 messages, how many
 */
export const isTraced = (messageId: string, percent: number): boolean =>
  createHash("sha256").update(messageId).digest().readUInt32BE() < (percent / 100) * 2 ** 32;

/**
 * The `X-Amzn-Trace-Id` that goes on with a trace under a decision of its own; empty where there is no trace.
 * @param header the one that came
 * @param parent the segment that the trace goes on from, where that is recorded: without one, what is recorded next is
 *   where the trace begins
 */
export const decidedHeader = (header: string, sampled: boolean, parent: string | undefined): string => {
  const [, root] = /(?:^|;)\s*Root=([^;]+)/.exec(header) ?? [];
  if (root === undefined) return "";
  return [`Root=${root}`, ...(sampled && parent ? [`Parent=${parent}`] : []), `Sampled=${sampled ? 1 : 0}`].join(";");
};
