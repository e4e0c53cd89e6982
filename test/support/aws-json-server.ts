import { AwsError } from "../../local/aws/error.ts";
import type { AwsService } from "../../local/aws/service.ts";
import { serveSdk } from "./sdk-server.ts";

/** Serves one service's JSON protocol without asking for signatures, for the unmodified SDK client of that service. */
export const serveJson = async (service: AwsService) =>
  serveSdk(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { "content-type": `application/x-amz-json-${service.jsonVersion}` })
        .end(JSON.stringify(body));
    try {
      const action = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const input = JSON.parse(Buffer.concat(chunks).toString() || "{}");
      answer(200, await service.call(action, input, { principal: { kind: "operator" } }));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      answer(error.status, { __type: error.name, message: error.message });
    }
  });
