import type { JsonObject } from "../../local/json.ts";

/** A connection of a room, by its place in the order of slots. */
export type Member = number;

/** What became of the members, as the truth knows it. */
export interface Arrivals {
  /** Milliseconds since the beginning of the first frame of each that has one; NaN for the others. */
  readonly at: Float64Array;
  /** Frames that came, repeats among them. */
  count(): number;
}

/** A room of the model, as the index lists it. Its connections are older than any grace. */
export interface Room {
  readonly name: string;
  readonly members: number;
  readonly arrivals: Arrivals;
  /** What the index is ordered by: 8 hexadecimal digits that are uniform, then the connection's id. */
  slotOf(member: Member): string;
  row(member: Member): JsonObject;
  arrive(member: Member, at: number): void;
}

/** Rooms that one deployment can have in the model. */
const ROOMS = 36 ** 2;

/** As long as API Gateway's. @param room the room's number */
const connectionIdOf = (room: number, member: Member) =>
  `${room.toString(36).padStart(2, "0")}${member.toString(36).padStart(13, "0")}=`;

/** The room's number and the member that a connection id stands for. */
export const memberOf = (connectionId: string): { room: number; member: Member } => ({
  room: Number.parseInt(connectionId.slice(0, 2), 36),
  member: Number.parseInt(connectionId.slice(2, 15), 36),
});

/**
 * Makes a room: rows are made as they are read, for a million of them would fill the memory.
 * @param uniform numbers from 0 to below 1
 * @param now Unix time in milliseconds
 */
export const createRoom = (
  { number, name, members }: { number: number; name: string; members: number },
  uniform: () => number,
  now: number,
): Room => {
  if (number >= ROOMS) throw new Error(`The model has at most ${ROOMS} rooms.`);
  const slots = Uint32Array.from({ length: members }, () => uniform() * 2 ** 32).sort();
  const at = new Float64Array(members).fill(Number.NaN);
  const expiresAt = String(Math.floor(now / 1000) + 7_200);
  const connectedAt = String(now - 600_000);
  let count = 0;
  const slotOf = (member: Member) => slots[member]!.toString(16).padStart(8, "0") + connectionIdOf(number, member);
  return {
    name,
    members,
    arrivals: { at, count: () => count },
    slotOf,
    row: (member) => ({
      room: { S: name },
      slot: { S: slotOf(member) },
      connectionId: { S: connectionIdOf(number, member) },
      connectedAt: { N: connectedAt },
      expiresAt: { N: expiresAt },
    }),
    arrive(member, time) {
      count += 1;
      if (Number.isNaN(at[member])) at[member] = time;
    },
  };
};
