import { setTimeout as wait } from "node:timers/promises";
import type { Member } from "../support/member.ts";
import type { notedSteps } from "./steps.ts";

/** Nobody answers `typing`: these frames come so close together that several environments may count them. */
const TYPING_MS = 30;
const ENVIRONMENTS = 8;

/**
 * Sends a frame over and over, each after the answer to the one before, so that one environment counts them all.
 * @param burst of how many frames a connection is refused the next, and of how many more it is ended
 * @returns whether the connection was ended
 */
export const floodEnds = async (
  { until }: Pick<ReturnType<typeof notedSteps>, "until">,
  member: Member,
  frame: Readonly<Record<string, unknown>>,
  burst: number,
): Promise<boolean> => {
  const { socket } = member;
  const isTyping = frame.message === "typing";
  // More than the two bursts: while they are sent, the buckets empty a little.
  const most = 3 * burst * (isTyping ? ENVIRONMENTS : 1);
  for (let sent = 1; sent <= most && socket.readyState === socket.OPEN; sent++) {
    const seen = member.unread.length;
    member.send(frame);
    if (isTyping) await wait(TYPING_MS);
    else if (!(await until(() => member.unread.length > seen || socket.readyState !== socket.OPEN))) return false;
  }
  return until(() => socket.readyState === socket.CLOSED);
};
