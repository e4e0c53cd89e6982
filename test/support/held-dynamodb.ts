import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../local/clock.ts";
import { startEmbeddedServer } from "../../local/dynamodb/embedded-server.ts";

/** Calls that wait until they are let go. */
export interface Held {
  /** Resolves once such a call has come. */
  readonly arrived: Promise<void>;
  /** Lets it go, and those that come later. */
  release(): void;
}

/** A DynamoDB, in memory, of which a test can hold calls back: as one would that is slow. */
export const startHeldDynamoDb = async () => {
  const server = await startEmbeddedServer({
    region: "us-east-1",
    account: "000000000000",
    clock: systemClock,
    log: () => {},
  });
  const holds: { action: string; text: string; arrive(): void; released: Promise<void> }[] = [];
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers["x-amz-target"]);
    for (const { action, text, arrive, released } of holds) {
      if (!target.endsWith(`.${action}`) || !body.includes(text)) continue;
      arrive();
      await released;
    }
    const { host, "content-length": _length, connection, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(server.endpoint, { method: "POST", headers, body });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(await answer.text());
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    /** Holds every call of this action whose body has this text in it. */
    hold: (action: string, text: string): Held => {
      const arrived = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      holds.push({ action, text, arrive: arrived.resolve, released: released.promise });
      return { arrived: arrived.promise, release: released.resolve };
    },
    stop: async () => {
      proxy.close();
      proxy.closeAllConnections();
      await server.stop();
    },
  };
};
