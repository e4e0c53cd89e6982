import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "../../local/aws/error.ts";
import type { AwsService } from "../../local/aws/service.ts";

/** Serves one service's JSON protocol without asking for signatures, for the unmodified SDK client of that service. */
export const serveJson = async (service: AwsService) => {
  const server = createServer(async (request, response) => {
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
