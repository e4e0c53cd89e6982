import { ulid } from "ulid";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { roomsTable } from "./aws/rooms.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import type { Head } from "./protocol/answers.ts";
import { PingFrame, readFrame } from "./protocol/frames.ts";
import { required } from "./runtime/environment.ts";
import { type Route, route } from "./runtime/route.ts";

interface Needs {
  readonly roomsOf: (connectionId: string) => Promise<readonly string[]>;
  readonly head: (room: string) => Promise<Head>;
}

/**
 * The `ping` route: keeps the connection from its idle timeout, and tells it how far its rooms are.
 * @returns `pong` with the head of every room that the connection is in.
 */
export const ping =
  ({ roomsOf, head }: Needs): Route =>
  async ({ connectionId, body }) => {
    readFrame(PingFrame, body);
    const rooms = await roomsOf(connectionId);
    const heads = await Promise.all(rooms.map(async (room) => [room, await head(room)] as const));
    return { type: "pong", rooms: Object.fromEntries(heads) };
  };

export const handler = route(ping, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...roomsTable(client, required(ENVIRONMENT.roomsTable), ulid),
  };
});
