import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { type ListedPage, roomIndex } from "./aws/room-index.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { MembersFrame, readFrame } from "./protocol/frames.ts";
import { COUNTED, countOf, MAX_NAMES, namesOf, textOf } from "./protocol/members-page.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { required } from "./runtime/environment.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs {
  readonly isMember: (connectionId: string, room: string) => Promise<boolean>;
  readonly list: (room: string, limit: number, after?: string) => Promise<ListedPage>;
}

/**
 * The `members` route: who is in a room, a page of it, by the index, which is a moment behind. The first page costs 1
 * read unit for the asker's own membership and half of one for each 4 KB of up to 1,000 connections, about 25 where
 * there are as many; they are counted. A further page costs 1 and about 2.
 * @returns `members`; refuses with BAD_FRAME, BAD_ROOM, FORBIDDEN or NOT_A_MEMBER
 */
export const members =
  ({ isMember, list }: Needs): Route =>
  async ({ connectionId, rights, body, observe }) => {
    const { room, after } = readFrame(MembersFrame, body);
    observe.annotate("room", room);
    permit(rights, "read", room);
    if (!(await isMember(connectionId, room)))
      throw new Refusal("NOT_A_MEMBER", "You are not in this room: join it first.");
    const page = await list(room, after ? MAX_NAMES : COUNTED, after?.slot);
    const count = after?.count ?? countOf(page.connections, page.next);
    const { members, next } = namesOf(page.connections, page.next);
    return { type: "members", room, count, members, ...(next && { next: textOf({ slot: next, count }) }) };
  };

export const handler = route(members, () => {
  const client = tablesClient();
  const table = required(ENVIRONMENT.connectionsTable);
  return { ...connectionsTable(client, table), ...roomIndex(client, table, Date.now) };
});
