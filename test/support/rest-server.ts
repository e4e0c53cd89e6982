import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RestAnswer, RestCall } from "../../local/lambda/rest.ts";
import { operator } from "./functions.ts";

/** Serves a REST API without asking for signatures, for the unmodified SDK client of its service. */
export const serveRest = async (rest: (call: RestCall) => RestAnswer | Promise<RestAnswer>) => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname: path } = new URL(request.url ?? "/", "http://localhost");
    const { method = "", headers } = request;
    const answer = await rest({ method, path, headers, body: Buffer.concat(chunks).toString(), principal: operator });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    /** What an SDK client of that service is made with. */
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
