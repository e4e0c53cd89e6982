import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock, Position, Room, RoomcastError } from "../../index.ts";

/** How one stands in a room. `catchingUp`: so many messages are being fetched. `refused`: it did not let us in. */
export type Standing =
  | { readonly as: "joining" | "joined" }
  | { readonly as: "catchingUp"; readonly count: number }
  | { readonly as: "refused"; readonly code: string | undefined };

interface Needs {
  readonly room: Room;
  readonly clock: Clock;
  /** Joined for the first time: from here on messages come by themselves. */
  readonly entered: (at: Position) => void;
  /** Joined, for the first time or once more. */
  readonly joined: () => void;
}

const LOOK_AGAIN_MS = 300;

export const followStanding = ({ room, clock, entered, joined }: Needs): ReadonlySignal<Standing> => {
  const standing = signal<Standing>({ as: "joining" });
  let hasEntered = false;

  /** The client fetches what was missed without a word: how much it is, the room's head tells. */
  const cameBack = async (from: Position) => {
    const page = await room.history({ after: from.seq, epoch: from.epoch, limit: 1 }).catch(() => undefined);
    const look = () => {
      if (room.state !== "joined") return;
      const count = (page?.head ?? 0) - (room.position?.seq ?? 0);
      standing.value = count > 0 ? { as: "catchingUp", count } : { as: "joined" };
      if (count > 0) clock.after(LOOK_AGAIN_MS, look);
    };
    look();
  };
  const nowIn = () => {
    const { position } = room;
    standing.value = { as: "joined" };
    joined();
    if (!position) return;
    if (hasEntered) void cameBack(position);
    else entered(position);
    hasEntered = true;
  };

  room.on("state", (now) => {
    if (now.state === "joining") standing.value = { as: "joining" };
    // The client tells that it is in the room before it knows how far the room is.
    else if (now.state === "joined") queueMicrotask(nowIn);
    else if (now.state === "left" && now.error)
      standing.value = { as: "refused", code: (now.error as RoomcastError).code };
  });
  return standing;
};
