import type { Membership, Removed } from "../../functions/aws/connections.ts";
import type { Call } from "./invocations.ts";
import type { TablesNeeds } from "./tables-needs.ts";

/** `functions/aws/connections.ts` and the index of its table in memory. */
export const createConnections = ({ later }: Pick<TablesNeeds, "later">) => {
  const members = new Map<string, Membership>();
  const index = new Map<string, Membership>();

  const setMember = (key: string, member: Membership | undefined) => {
    if (member) members.set(key, member);
    else members.delete(key);
    later(key, () => {
      const present = members.get(key);
      if (present) index.set(key, present);
      else index.delete(key);
    });
  };
  const placesOf = (connectionId: string) =>
    [...members.values()].filter((member) => member.connectionId === connectionId);
  const roomsOf = (connectionId: string) => placesOf(connectionId).map(({ room }) => room);

  return {
    /** Whom the index lists in a room. */
    listed: (room: string): Membership[] => [...index.values()].filter((member) => member.room === room),

    verbs: (call: Call) => ({
      addMember: (member: Membership): Promise<void> =>
        call("addMember", () => setMember(`${member.connectionId}\0${member.room}`, member)),
      removeMember: (connectionId: string, room: string): Promise<void> =>
        call("removeMember", () => setMember(`${connectionId}\0${room}`, undefined)),
      isMember: (connectionId: string, room: string): Promise<boolean> =>
        call("isMember", () => members.has(`${connectionId}\0${room}`)),
      roomsOf: (connectionId: string, limit?: number): Promise<readonly string[]> =>
        call("roomsOf", () => roomsOf(connectionId).slice(0, limit)),
      removeConnection: async (connectionId: string): Promise<Removed> => {
        const places = await call("roomsOf", () => placesOf(connectionId));
        const rooms = places.map(({ room }) => room);
        await Promise.all(
          rooms.map((room) => call("removeMember", () => setMember(`${connectionId}\0${room}`, undefined))),
        );
        return { rooms, identity: places[0]?.member.id };
      },
    }),
  };
};
