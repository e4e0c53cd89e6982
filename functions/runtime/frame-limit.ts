import { admitFrame, type FrameFate, type FrameLimits, type Sent } from "../protocol/frame-bucket.ts";
import { recent } from "./recent.ts";

/** Connections that are remembered: some 100 bytes each. Those that sent nothing for the longest time are forgotten. */
const MOST_CONNECTIONS = 10_000;

const NOTHING: Sent = { takenUntil: 0, refusedUntil: 0 };

/**
 * Says of each frame whether its connection sends too many. It is kept in the memory of this environment of this
 * function, because a table would cost a write for each frame: a connection whose frames are spread over several
 * environments, or name several routes, gets through in each. What bounds all of them is the stage's throttle, and the
 * room's bucket.
 * @param now Unix time in milliseconds
 */
export const frameLimit = (limits: FrameLimits, now: () => number) => {
  const connections = recent<Sent>(MOST_CONNECTIONS);
  return (connectionId: string): FrameFate => {
    const [admission, sent] = admitFrame(limits, connections.get(connectionId) ?? NOTHING, now());
    connections.set(connectionId, sent);
    return admission;
  };
};
