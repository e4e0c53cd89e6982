import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleFunctions } from "../../../infra/bundles.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { serveSdk } from "../../support/sdk-server.ts";

let status: number;
let running: ReturnType<typeof runFunctions>;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  const code = Buffer.from((await bundleFunctions()).get("post") ?? "").toString();
  const api = await serveSdk((request, response) => {
    request.resume().once("end", () => response.writeHead(status).end());
  });
  const Variables = {
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: "https://api.example/live",
    CONNECTIONS_TABLE: "connections",
    EVENT_BUS: "bus",
    PEOPLE_TABLE: "people",
    POWERTOOLS_SERVICE_NAME: "post",
  };
  const posting = (name: string, ApplicationLogLevel: string) =>
    lambdaFunction(name, {
      Handler: "post.handler",
      Environment: { Variables },
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel },
    });
  running = runFunctions({ "post.mjs": code }, [posting("post", "INFO"), posting("debugged", "DEBUG")], {
    endpoint: () => api.client.endpoint,
  });
  ends.push(() => running.end(), api.close);
});
afterAll(async () => {
  for (const end of ends) await end();
});

const message = {
  type: "message",
  id: "01M",
  room: "lobby",
  seq: 7,
  from: { id: "guest-ann", name: "Ann" },
  data: "hi",
};

/** The lines that a function writes of one post, which is answered with that status. */
const linesOf = async (name: string, answered: number, frame: object = message) => {
  status = answered;
  const before = running.written().length;
  const { requestId } = await running.call(name, { frame, connectionId: "bob=", connectedAt: 0 });
  const lines = running.written().slice(before);
  return { requestId, lines: lines.map((line) => JSON.parse(line)) };
};

test("a delivery that succeeds writes no line", async () => {
  expect((await linesOf("post", 200)).lines).toEqual([]);
});

test("with the level DEBUG it writes one, which says what it is about", async () => {
  const { lines } = await linesOf("debugged", 200);
  const about = { correlation_id: "01M", room: "lobby", connectionId: "bob=", outcome: "delivered" };
  expect(lines).toEqual([expect.objectContaining({ level: "DEBUG", service: "post", ...about })]);
});

test("a problem is written always, with all that is known of it", async () => {
  const { lines } = await linesOf("post", 500);
  expect(lines).toEqual([
    expect.objectContaining({
      level: "ERROR",
      message: "The invocation failed.",
      service: "post",
      correlation_id: "01M",
      room: "lobby",
      connectionId: "bob=",
      outcome: "PostUnavailable",
      error: expect.objectContaining({ name: "PostUnavailable" }),
    }),
  ]);
});

test("a line says nothing of the invocation before: one about no message has the request's id", async () => {
  await linesOf("post", 500);
  const { requestId, lines } = await linesOf("post", 500, { type: "typing", room: "attic", from: message.from });
  expect(lines).toMatchObject([{ correlation_id: requestId, room: "attic" }]);
});
