/**
 * The process that takes the posts: `node server.ts`. It answers every request at once, as API Gateway answers a post
 * that has arrived, and takes what is sent to the X-Ray daemon. It says where it listens, and then, asked by any message,
 * what has come.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where the server listens. */
export interface Listening {
  readonly port: number;
  readonly daemonPort: number;
}

/** What has come since the start. */
export interface Arrived {
  readonly posts: number;
  /** Segment documents. */
  readonly datagrams: number;
}

let posts = 0;
let datagrams = 0;

const server = createServer((request, response) => {
  request.resume().once("end", () => {
    if (request.method === "POST" && request.url?.startsWith("/live/@connections/")) posts++;
    response.writeHead(200, { "x-amzn-requestid": "5a5d0b0e-0000-4000-8000-000000000000", "content-length": 0 }).end();
  });
});
const daemon = createSocket({ type: "udp4", recvBufferSize: 4 * 1024 * 1024 });
daemon.on("message", () => datagrams++);

process.on("message", () => process.send?.({ posts, datagrams } satisfies Arrived));
process.on("disconnect", () => process.exit());

await Promise.all([once(server.listen(0, "127.0.0.1"), "listening"), once(daemon.bind(0, "127.0.0.1"), "listening")]);
process.send?.({ port: (server.address() as AddressInfo).port, daemonPort: daemon.address().port } satisfies Listening);
