import { tablesClient } from "./aws/clients.ts";
import { presenceTable, type Roster } from "./aws/presence.ts";
import { roomIndex } from "./aws/room-index.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { TYPING_STARTED, type TypingStarted } from "./contracts/events.ts";
import type { Look, Stir } from "./contracts/presence.ts";
import { addressesOf, afterChange, changeOf, type Present, peopleOf, versionAfter } from "./protocol/roster.ts";
import { required, requiredNumber } from "./runtime/environment.ts";
import { type Observation, observed } from "./runtime/observe.ts";

interface Needs {
  readonly rosterOf: (room: string) => Promise<Roster>;
  readonly listUpTo: (room: string, limit: number) => Promise<readonly Present[]>;
  readonly saveRoster: (room: string, roster: Roster, before: number, now: number) => Promise<boolean>;
  readonly crowd: (room: string, now: number) => Promise<void>;
  /** The largest room, in connections, that is told who joins, leaves and types. */
  readonly presenceMembers: number;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** Others have looked at the same time, again and again: the state machine tries it later. */
export class RosterContended extends Error {
  override readonly name = "RosterContended";
}

const ATTEMPTS = 5;
const NOTHING: Look = { connections: [] };

/**
 * A step of `room-presence`: looks who is in a room, and says what its members are to be told. Presence is the
 * difference between two rosters, that which was announced last and that which is there now, so an event that comes
 * twice, late or in the wrong order finds nothing to tell. A room that is too large is marked, and not looked at for a
 * minute.
 * @returns the frame and the connections to post it to; neither where there is nothing to tell
 * @throws RosterContended where each of several looks was overtaken by another's
 */
export const roster =
  (needs: Needs) =>
  async (stir: Stir, { annotate }: Observation): Promise<Look> => {
    const { room } = stir.detail;
    annotate("room", room);
    return stir["detail-type"] === TYPING_STARTED ? typingIn(needs, stir.detail) : presenceIn(needs, room);
  };

const presenceIn = async (needs: Needs, room: string): Promise<Look> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    // The roster first: whoever saved it had looked before, so that this look is the newer one. The other way round
    // somebody who has just been announced could be missing here, and be announced as gone.
    const { people, version } = await needs.rosterOf(room);
    const present = await listSmall(needs, room);
    const change = present && changeOf(people, peopleOf(present));
    if (!change) return NOTHING;
    const now = needs.now();
    const next = { people: afterChange(people, change), version: versionAfter(version, now) };
    if (await needs.saveRoster(room, next, version, now)) {
      const frame = { type: "presence", room, ...change, version: next.version } as const;
      return { frame, connections: addressesOf(present) };
    }
  }
  throw new RosterContended(`Others have announced the members of ${room} during each of ${ATTEMPTS} looks.`);
};

const typingIn = async (needs: Needs, { room, from }: TypingStarted): Promise<Look> => {
  const present = await listSmall(needs, room);
  return present ? { frame: { type: "typing", room, from }, connections: addressesOf(present, from.id) } : NOTHING;
};

/** The connections of a room; undefined for one that is too large, which is marked. */
const listSmall = async ({ listUpTo, presenceMembers, crowd, now }: Needs, room: string) => {
  const present = await listUpTo(room, presenceMembers + 1);
  if (present.length <= presenceMembers) return present;
  await crowd(room, now());
  return undefined;
};

export const handler = observed(roster, () => {
  const client = tablesClient();
  return {
    ...presenceTable(client, required(ENVIRONMENT.presenceTable)),
    ...roomIndex(client, required(ENVIRONMENT.connectionsTable), Date.now),
    presenceMembers: requiredNumber(ENVIRONMENT.presenceMembers),
    now: Date.now,
  };
});
