import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bundleFunctions } from "../../../infra/bundles.ts";
import type { JsonObject } from "../../../local/json.ts";
import { documentIn } from "../../../local/xray/datagram.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { serveSdk } from "../../support/sdk-server.ts";
import { check21DatagramHasTheDaemonsForm } from "../../support/trace-checks.ts";

const ROOT = "1-5759e988-bd862e3fe1be46a994272793";
const trace = (sampled: 0 | 1) => `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=${sampled}`;
const delivery = {
  frame: { type: "message", id: "01M", room: "lobby", seq: 7, from: { id: "guest-ann", name: "Ann" }, data: "hello" },
  connectionId: "bob=",
  connectedAt: 0,
};

const datagrams: string[] = [];
const documents: JsonObject[] = [];
const headers: unknown[] = [];
let status = 200;
let running: ReturnType<typeof runFunctions>;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  const code = Buffer.from((await bundleFunctions()).get("post") ?? "").toString();
  const daemon = createSocket("udp4").on("message", (datagram) => {
    const document = documentIn(datagram.toString());
    datagrams.push(datagram.toString());
    if (document) documents.push(document);
  });
  await once(daemon.bind(0, "127.0.0.1"), "listening");
  const api = await serveSdk((request, response) => {
    headers.push(request.headers["x-amzn-trace-id"]);
    request.resume().once("end", () => response.writeHead(status).end());
  });
  const variables = {
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: "https://api.example/live",
    CONNECTIONS_TABLE: "connections",
    EVENT_BUS: "bus",
    PEOPLE_TABLE: "people",
  };
  const properties = { Environment: { Variables: variables }, TracingConfig: { Mode: "Active" } };
  running = runFunctions({ "post.mjs": code }, [lambdaFunction("post", properties)], {
    endpoint: () => api.client.endpoint,
    xrayAddress: () => `127.0.0.1:${daemon.address().port}`,
  });
  ends.push(
    () => running.end(),
    api.close,
    () => daemon.close(),
  );
});
afterAll(async () => {
  for (const end of ends) await end();
});
beforeEach(() => {
  datagrams.length = 0;
  documents.length = 0;
  headers.length = 0;
  status = 200;
});

/** What the function's own code has recorded; the datagrams come after the answer. */
const recorded = (count: number) =>
  expect
    .poll(() => documents.length)
    .toBe(count)
    .then(() => [...documents].sort((a, b) => String(a.name).localeCompare(String(b.name))));

test("an unsampled post records nothing, and hands on its trace", async () => {
  await running.call("post", delivery, trace(0));
  expect(headers).toEqual([expect.stringContaining(`Root=${ROOT}`)]);
  expect(headers).toEqual([expect.stringContaining("Sampled=0")]);
  // What it had sent would come before what is sent now. The cold start was the other's, though nothing told of it.
  await running.call("post", delivery, trace(1));
  expect((await recorded(2))[0]).toMatchObject({ annotations: { ColdStart: false } });
});

test("a sampled post is a subsegment with its annotations, and its call of the API one below", async () => {
  await running.call("post", delivery, trace(1));
  const [invocation, call] = await recorded(2);
  expect(invocation).toMatchObject({
    name: "## post",
    trace_id: ROOT,
    annotations: { ColdStart: expect.any(Boolean), messageId: "01M", room: "lobby", outcome: "delivered" },
  });
  expect(call).toMatchObject({
    name: "ApiGatewayManagementApi",
    namespace: "aws",
    trace_id: ROOT,
    parent_id: invocation?.id,
    aws: { operation: "PostToConnection", region: "us-east-1" },
    http: { response: { status: 200 } },
  });
  expect(headers).toEqual([`Root=${ROOT};Parent=${call?.id};Sampled=1`]);
  expect(datagrams.flatMap(check21DatagramHasTheDaemonsForm)).toEqual([]);
});

test("a sampled post that fails is recorded with its error", async () => {
  status = 500;
  await running.call("post", delivery, trace(1));
  const [invocation, call] = await recorded(2);
  expect(invocation).toMatchObject({ fault: true, annotations: { outcome: "PostUnavailable" } });
  expect(JSON.stringify(invocation?.cause)).toContain("PostUnavailable");
  expect(call).toMatchObject({ fault: true, http: { response: { status: 500 } } });
});
