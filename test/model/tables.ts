import type { Membership } from "../../functions/aws/connections.ts";
import type { Message } from "../../functions/aws/messages.ts";
import type { Claim, RefKey } from "../../functions/aws/refs.ts";
import { REF_HOURS } from "../../functions/contracts/publishing.ts";
import type { Head } from "../../functions/protocol/answers.ts";
import type { Numbered, Page } from "../../functions/protocol/history-page.ts";
import { type Call, NamedError } from "./invocations.ts";

type MessageRow = { readonly seq: number; readonly message?: Message; readonly expiresAt: number };
type ClaimRow = Claim & { readonly expiresAt: number };

/** What the tables are made of. Times are Unix time in milliseconds; rows expire by the second, as in DynamoDB. */
export interface TablesNeeds {
  readonly now: () => number;
  readonly newEpoch: () => string;
  /** Whether an eventually consistent read of this row is behind. */
  readonly isStale: (key: string) => boolean;
  /** Brings the index up to date with a row, sooner or later. */
  readonly later: (key: string, bring: () => void) => void;
  readonly retentionDays: number;
}

/**
 * The tables in memory: `functions/aws/` with the same verbs, conditions and consistency, each call of DynamoDB one
 * effect. `tables.test.ts` holds both to the same cases.
 */
export const createTables = ({ now, newEpoch, isStale, later, retentionDays }: TablesNeeds) => {
  const refs = new Map<string, { row: ClaimRow; before: ClaimRow | undefined }>();
  const rooms = new Map<string, Head>();
  const messages = new Map<string, Map<number, MessageRow>>();
  const members = new Map<string, Membership>();
  const index = new Map<string, Membership>();

  const isPast = (expiresAt: number) => expiresAt <= seconds(now());
  const isCurrent = ({ expiresAt }: ClaimRow, moment: number) => expiresAt > seconds(moment);
  const expiryOf = (moment: number) => seconds(moment) + retentionDays * 86_400;

  const keyOf = ({ author, ref }: RefKey) => `${author}\0${ref}`;
  const claimed = (key: RefKey) => refs.get(keyOf(key))?.row;
  const setClaim = (key: RefKey, row: ClaimRow): ClaimRow => {
    refs.set(keyOf(key), { row, before: claimed(key) });
    return row;
  };
  const claimOver = (key: RefKey, claim: Claim, over: ClaimRow | undefined): ClaimRow => {
    const present = claimed(key);
    if (over && present?.id !== over.id) throw new NamedError("ConditionalCheckFailedException");
    if (present && !over) return present;
    return setClaim(key, { ...claim, expiresAt: seconds(claim.received) + REF_HOURS * 3_600 });
  };

  const add = (room: string, count: number): Head => {
    const head = rooms.get(room) ?? { epoch: newEpoch(), seq: 0 };
    rooms.set(room, { ...head, seq: head.seq + count });
    return rooms.get(room)!;
  };

  const rowsOf = (room: string) => messages.get(room) ?? messages.set(room, new Map()).get(room)!;
  const query = (room: string, after: number, upTo: number, limit: number): Page => {
    const rows = [...rowsOf(room).values()].filter(({ seq }) => seq > after && seq <= upTo);
    const page = rows.toSorted((one, other) => one.seq - other.seq).slice(0, limit);
    const found = page.filter(({ expiresAt }) => !isPast(expiresAt)).map(numbered);
    // A page that is full has a LastEvaluatedKey also where nothing is behind it.
    return { found, upTo: page.length === limit ? page.at(-1)!.seq : upTo };
  };

  const setMember = (key: string, member: Membership | undefined) => {
    if (member) members.set(key, member);
    else members.delete(key);
    later(key, () => {
      const present = members.get(key);
      if (present) index.set(key, present);
      else index.delete(key);
    });
  };
  const roomsOf = (connectionId: string) =>
    [...members.values()].filter((member) => member.connectionId === connectionId).map(({ room }) => room);

  return {
    /** What is in a room, for those who look from outside. */
    messagesOf: (room: string): Message[] =>
      [...rowsOf(room).values()].flatMap(({ message }) => message ?? []).toSorted((one, other) => one.seq - other.seq),
    /** Whom the index lists in a room. */
    listed: (room: string): Membership[] => [...index.values()].filter((member) => member.room === room),

    /** The verbs of one invocation. */
    verbs: (call: Call) => ({
      findClaim: (key: RefKey, moment: number): Promise<Claim | undefined> =>
        call("findClaim", () => {
          const found = refs.get(keyOf(key));
          const row = found && isStale(keyOf(key)) ? found.before : found?.row;
          return row && isCurrent(row, moment) ? row : undefined;
        }),
      claim: async (key: RefKey, claim: Claim): Promise<Claim> => {
        const row = await call("claim", () => claimOver(key, claim, undefined));
        return isCurrent(row, claim.received) ? row : call("claimAgain", () => claimOver(key, claim, row));
      },
      renumber: async (key: RefKey, from: number, to: number): Promise<number> => {
        const renumbered = await call("renumber", () => {
          const row = claimed(key);
          if (row?.seq === from) setClaim(key, { ...row, seq: to });
          return row?.seq === from;
        });
        if (renumbered) return to;
        const row = await call("readClaim", () => claimed(key));
        if (!row) throw new NamedError("ConditionalCheckFailedException");
        return row.seq;
      },
      giveUpAnnouncing: (key: RefKey): Promise<void> =>
        call("giveUpAnnouncing", () => {
          const row = claimed(key);
          if (!row) throw new NamedError("ConditionalCheckFailedException");
          setClaim(key, { ...row, announcingSince: 0 });
        }),

      takeNumber: (room: string): Promise<number> => call("takeNumber", () => add(room, 1).seq),
      head: async (room: string): Promise<Head> =>
        (await call("readHead", () => rooms.get(room))) ?? call("beginRoom", () => add(room, 0)),

      save: (message: Message): Promise<boolean> =>
        call("save", () => {
          const row = rowsOf(message.room).get(message.seq);
          if (row && row.message?.id !== message.id) return false;
          rowsOf(message.room).set(message.seq, { seq: message.seq, message, expiresAt: expiryOf(message.received) });
          return true;
        }),
      seal: async (room: string, seq: number): Promise<Numbered> => {
        const isSealed = await call("seal", () => {
          if (rowsOf(room).has(seq)) return false;
          rowsOf(room).set(seq, { seq, expiresAt: expiryOf(now()) });
          return true;
        });
        if (isSealed) return { seq };
        const { found } = await call("readSealed", () => query(room, seq - 1, seq, 1));
        return found[0] ?? { seq };
      },
      readAfter: (room: string, after: number, upTo: number, limit: number): Promise<Page> =>
        call("readAfter", () => query(room, after, upTo, limit)),
      hasUpTo: (room: string, seq: number): Promise<boolean> =>
        call("hasUpTo", () => {
          const last = [...rowsOf(room).values()].filter((row) => row.seq <= seq).toSorted((a, b) => b.seq - a.seq)[0];
          return last !== undefined && !isPast(last.expiresAt);
        }),
      hasExpired: (moment: number): boolean => isPast(expiryOf(moment)),

      addMember: (member: Membership): Promise<void> =>
        call("addMember", () => setMember(`${member.connectionId}\0${member.room}`, member)),
      removeMember: (connectionId: string, room: string): Promise<void> =>
        call("removeMember", () => setMember(`${connectionId}\0${room}`, undefined)),
      isMember: (connectionId: string, room: string): Promise<boolean> =>
        call("isMember", () => members.has(`${connectionId}\0${room}`)),
      roomsOf: (connectionId: string, limit?: number): Promise<readonly string[]> =>
        call("roomsOf", () => roomsOf(connectionId).slice(0, limit)),
      removeConnection: async (connectionId: string): Promise<readonly string[]> => {
        const rooms = await call("roomsOf", () => roomsOf(connectionId));
        await Promise.all(
          rooms.map((room) => call("removeMember", () => setMember(`${connectionId}\0${room}`, undefined))),
        );
        return rooms;
      },
    }),
  };
};

export type Tables = ReturnType<typeof createTables>;

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1_000);

const numbered = ({ seq, message }: MessageRow): Numbered => {
  if (!message) return { seq };
  const { id, from, data, received } = message;
  return { seq, message: { id, seq, from, data, received } };
};
