import type { Author, FrameOf } from "./frames.ts";
import type { Presence } from "./messages.ts";

/** Ten times as many as a room that is told of presence has. */
const REMEMBERED = 1_000;

/**
 * Makes news of a room's presence frames, which overtake each other and come twice while a connection is renewed: of
 * each person what is older than what is known of them is left out, and `count` is that of the newest frame.
 * @returns what takes a frame, and gives what it tells; undefined when that is nothing
 */
export const createPresenceNews = () => {
  /** The version of the newest frame that named somebody, by id; who was named last stands last. */
  const knownOf = new Map<string, number>();
  let newest = { version: 0, count: 0 };

  return ({ room, version, count, ...told }: FrameOf<"presence">): Presence | undefined => {
    const isNews = ({ id }: Author) => {
      if (version <= (knownOf.get(id) ?? 0)) return false;
      knownOf.delete(id);
      knownOf.set(id, version);
      return true;
    };
    const joined = told.joined.filter(isNews);
    const left = told.left.filter(isNews);
    for (const id of knownOf.keys()) if (knownOf.size > REMEMBERED) knownOf.delete(id);
    if (version > newest.version) newest = { version, count };
    return joined[0] || left[0] ? { room, joined, left, count: newest.count } : undefined;
  };
};
