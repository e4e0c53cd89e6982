import { counted } from "../redrive/in-words.ts";
import type { PersonErased } from "./person.ts";
import type { RoomErased } from "./room.ts";

/** What became of a person's messages, or would. */
export const personInWords = (identity: string, { messages, rooms, claims }: PersonErased, dryRun: boolean): string => {
  const what = `${counted(messages, "message")} of ${identity} in ${counted(rooms, "room")}, and ${counted(claims, "ref")}`;
  return done(what, dryRun);
};

/** What became of a room, or would. */
export const roomInWords = (room: string, { numbers, claims, begun }: RoomErased, dryRun: boolean): string => {
  if (!begun && numbers + claims === 0) return `There is nothing of room ${room}.`;
  const what = `room ${room}: ${counted(numbers, "number")} with a message or a seal, and ${counted(claims, "ref")}`;
  return done(what, dryRun);
};

const done = (what: string, dryRun: boolean): string =>
  dryRun ? `Would erase ${what}.\nNothing was done: add --yes to do it.` : `Erased ${what}.`;
