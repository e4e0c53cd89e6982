import type { RestAnswer, RestCall } from "../../local/lambda/rest.ts";
import { operator } from "./functions.ts";
import { serveSdk } from "./sdk-server.ts";

/** Serves a REST API without asking for signatures, for the unmodified SDK client of its service. */
export const serveRest = async (rest: (call: RestCall) => RestAnswer | Promise<RestAnswer>) =>
  serveSdk(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname: path } = new URL(request.url ?? "/", "http://localhost");
    const { method = "", headers } = request;
    const answer = await rest({ method, path, headers, body: Buffer.concat(chunks).toString(), principal: operator });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
