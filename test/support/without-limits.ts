import type { Template } from "./roomcast.ts";

/** A template in which a connection may send, and a room may take, as much as it likes: for tests of something else. */
export const withoutLimits = ({ Resources }: Template): void => {
  for (const { Properties } of Object.values(Resources)) {
    const variables = Properties.Environment?.Variables ?? {};
    for (const name of ["CONNECTION_FRAMES_PER_SECOND", "CONNECTION_FRAMES_BURST", "ROOM_MESSAGES_PER_SECOND"])
      if (variables[name]) variables[name] = "1000000";
  }
};
