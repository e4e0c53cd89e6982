import type { MessageSummary } from "../console/contract.ts";

/** A message of which there is something to see. */
export interface WorthALook {
  readonly id: string;
  /** Why, in words. */
  readonly why: string;
}

/** More than one page of the index: its room was served in segments, by child executions. */
const LARGE = 50;

/** The first message that went to many, was throttled on the way, and came to everyone all the same. */
export const worthALook = (messages: readonly MessageSummary[]): WorthALook | undefined => {
  for (const { id, room, receipt } of messages) {
    if (!receipt) continue;
    const { recipients, delivered, throttled, failed, durationMs } = receipt;
    if (recipients <= LARGE || throttled === 0 || failed > 0) continue;
    const tries = throttled === 1 ? "1 post was throttled and" : `${throttled} posts were throttled and`;
    const seconds = (durationMs / 1000).toFixed(1);
    const why = `In ${room} ${tries} tried again: ${delivered} of ${recipients} had it after ${seconds} s.`;
    return { id, why };
  }
  return undefined;
};
