import type { Clock, Room, RoomcastError } from "../index.ts";
import { failure, notice, type Shown } from "./shown.ts";

interface Needs {
  readonly clock: Clock;
  readonly show: (line: Shown) => void;
  /** A line is done with. */
  readonly changed: () => void;
}

interface Line {
  readonly text: string;
  /** It was taken: it comes back as a message of the room. */
  acked: boolean;
}

const SLOW_MS = 3_000;

/** The lines that a person has said, until each has come back in its place or was given up. */
export const createLines = ({ clock, show, changed }: Needs) => {
  const lines = new Set<Line>();
  let gaveUp = false;
  let closed = false;

  const failed = (line: Line, room: Room, { code, message }: RoomcastError) => {
    lines.delete(line);
    gaveUp = true;
    if (code === "LEFT") show(failure(`Not acknowledged: ${line.text}`));
    else if (room.state === "left") show(failure(`Not sent: ${line.text}`));
    else show(failure(`Not sent (${message}): ${line.text}`));
  };

  return {
    /** Publishes a line. `online`: an ack may be expected soon. */
    say: async (text: string, room: Room, online: boolean) => {
      const line = { text, acked: false };
      lines.add(line);
      const slow = () => !closed && show(notice(`No answer yet: ${text}`));
      const cancel = online ? clock.after(SLOW_MS, slow) : () => {};
      try {
        await room.publish(text);
        line.acked = true;
      } catch (error) {
        if (!closed) failed(line, room, error as RoomcastError);
      }
      cancel();
      if (!closed) changed();
    },
    /** A line has come back; they come in the order in which they were said. */
    came: () => {
      const [first] = lines;
      if (first) lines.delete(first);
      changed();
    },
    /** The room was left: what was taken there does not come back. */
    left: () => {
      for (const line of lines) if (line.acked) lines.delete(line);
    },
    allDone: () => lines.size === 0,
    giveUp: () => {
      gaveUp = true;
    },
    /** Names the lines that nobody has acknowledged. @returns whether any line was given up, now or before */
    close: (): boolean => {
      closed = true;
      const lost = [...lines].filter(({ acked }) => !acked);
      for (const { text } of lost) show(failure(`Not sent: ${text}`));
      return gaveUp || lost.length > 0;
    },
  };
};
