import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { RoomFrame, readFrame } from "./protocol/frames.ts";
import { required } from "./runtime/environment.ts";
import { presence, type Stirred } from "./runtime/presence.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs {
  readonly removeMember: (connectionId: string, room: string) => Promise<void>;
  readonly stirred: Stirred;
}

/** The `leave` route. Leaving a room that one is not in is leaving it. @returns `left`; refuses with BAD_ROOM. */
export const leave =
  ({ removeMember, stirred }: Needs): Route =>
  async ({ connectionId, body, observe }) => {
    const { room } = readFrame(RoomFrame, body);
    observe.annotate("room", room);
    await removeMember(connectionId, room);
    await stirred(room, observe);
    return { type: "left", room };
  };

export const handler = route(leave, () => {
  const client = tablesClient();
  return { ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)), ...presence(client) };
});
