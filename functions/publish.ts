import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import type { Claim, RefKey } from "./aws/refs.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { Rights } from "./contracts/identity.ts";
import { PublishFrame, readPublish } from "./protocol/frames.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { publishing } from "./publishing/environment.ts";
import { type PublishingNeeds, publishMessage } from "./publishing/publish-message.ts";
import { required } from "./runtime/environment.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs extends PublishingNeeds {
  readonly isMember: (connectionId: string, room: string) => Promise<boolean>;
  readonly roomsOf: (connectionId: string, limit: number) => Promise<readonly string[]>;
  readonly findClaim: (key: RefKey, now: number) => Promise<Claim | undefined>;
}

/**
 * The `publish` route: numbers and saves the message, then announces it on the bus. It posts to nobody, so its cost
 * does not depend on the room's size.
 * @returns the ack; refuses with BAD_FRAME, BAD_ROOM, FORBIDDEN, NOT_A_MEMBER, TOO_LARGE or RATE_LIMITED.
 */
export const publish =
  (needs: Needs): Route =>
  async ({ connectionId, sender, rights, body, observe }) => {
    const { room: named, data, ref } = readPublish(PublishFrame, body);
    const [room, claimed] = await Promise.all([
      roomOf(needs, connectionId, named, rights),
      ref === undefined ? undefined : needs.findClaim({ author: sender.id, ref }, needs.now()),
    ]);
    observe.annotate("room", room);
    const draft = { room, from: sender, data, ref, claimed, sender: connectionId };
    const { id, seq, received } = await publishMessage(needs, draft, observe);
    return { type: "ack", room, id, seq, received };
  };

/** The room that a frame names, or else means. @throws Refusal unless the connection is in it, or in exactly one */
const roomOf = async (
  { isMember, roomsOf }: Needs,
  connectionId: string,
  named: string | undefined,
  rights: Rights | undefined,
) => {
  if (named !== undefined) {
    permit(rights, "publish", named);
    if (await isMember(connectionId, named)) return named;
    throw new Refusal("NOT_A_MEMBER", "You are not in this room: join it first.");
  }
  const [room, another] = await roomsOf(connectionId, 2);
  if (room === undefined) throw new Refusal("NOT_A_MEMBER", "You are in no room: join one first.");
  if (another !== undefined) throw new Refusal("BAD_ROOM", "You are in several rooms: say which one in `room`.");
  permit(rights, "publish", room);
  return room;
};

export const handler = route(publish, () => {
  const client = tablesClient();
  return { ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)), ...publishing(client) };
});
