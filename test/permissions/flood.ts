import { setTimeout as wait } from "node:timers/promises";
import type { Member } from "../support/member.ts";
import type { notedSteps } from "./steps.ts";

/** Nobody answers `typing`. */
const SILENT_MS = 30;

/**
 * Sends a frame over and over, each after the answer to the one before, so that mostly one environment counts them.
 * @returns whether the connection was ended
 */
export const floodEnds = async (
  { until }: Pick<ReturnType<typeof notedSteps>, "until">,
  member: Member,
  frame: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  const { socket } = member;
  return until(async () => {
    const seen = member.unread.length;
    member.send(frame);
    if (frame.message === "typing") await wait(SILENT_MS);
    else await until(() => member.unread.length > seen || socket.readyState !== socket.OPEN);
    return socket.readyState !== socket.OPEN;
  });
};
