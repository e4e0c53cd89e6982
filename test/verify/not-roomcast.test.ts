import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { verify } from "../../verify/verify.ts";

/** Where a WebSocket server listens that is no Roomcast. @param greet what it does to everybody who connects */
const serverThat = async (greet: (client: WebSocket) => void) => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", greet);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/dev`;
};

test.each<[string, (client: WebSocket) => void]>([
  ["answers what is no JSON", (client) => client.on("message", () => client.send("hello"))],
  ["echoes", (client) => client.on("message", (data) => client.send(String(data)))],
  ["says nothing", () => {}],
  ["closes every connection", (client) => client.close()],
  ["breaks every connection", (client) => client.terminate()],
])("a server that %s fails everything that must hold, and ends nothing", async (_how, greet) => {
  const endpoint = await serverThat(greet);
  const answers = await verify({ endpoint, stackName: "Roomcast-dev", patienceMs: 100, tell: () => {} });
  const asked = answers.filter(({ reason }) => !reason.includes("--aws"));
  expect(asked.map(({ answer }) => answer)).toEqual(Array(7).fill("no"));
});
