import { createWorld, type WorldOptions } from "../../../bench/model/world.ts";

/** A world with one room, `lobby`, of so many members. */
export const worldOf = (members: number, options: Partial<WorldOptions> = {}) =>
  createWorld({ seed: 7, rooms: { lobby: members }, ...options });

/** The connection ids of a room, in the order of the index. */
export const connectionsOf = ({ rooms: [room] }: ReturnType<typeof createWorld>) =>
  Array.from({ length: room!.members }, (_, member) => room!.slotOf(member).slice(8));
