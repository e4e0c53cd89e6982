/** The chat page and its server, in a process of its own so that what they cost is no part of what is measured. */
import { buildChatPage } from "../../client/page/build.ts";
import { contentSecurityPolicy } from "../../client/page/content-security-policy.ts";
import { serveStatic } from "../../test/support/static-server.ts";
import { type Flow, startRoomServer } from "./room-server.ts";

/** Where the page is, and the room that all is said in. */
export interface Serving {
  readonly url: string;
  readonly room: string;
}

const ROOM = "lobby";

const server = await startRoomServer();
const config = JSON.stringify({ endpoint: server.endpoint });
const site = await serveStatic(
  [...(await buildChatPage()), { name: "config.json", contentType: "application/json", contents: config }],
  { "content-security-policy": contentSecurityPolicy(server.endpoint) },
);
process.on("message", async (flow: Flow) => process.send?.(await server.flow(ROOM, flow)));
process.on("disconnect", async () => {
  server.stop();
  await site.stop();
});
process.send?.({ url: site.url, room: ROOM } satisfies Serving);
