import { createConnection } from "node:net";
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { claim, echo, openDoor, send, webSockets } from "./door-builder.ts";

const doors: Awaited<ReturnType<typeof openDoor>>[] = [];
const open = async (...needs: Parameters<typeof openDoor>) => {
  const door = await openDoor(...needs);
  doors.push(door);
  return door;
};
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

const tables = (more = {}) => echo("dynamodb", "DynamoDB_20120810", more);

test.each<[string, Parameters<typeof send>[1], number, string]>([
  [
    "a target without a signature",
    { method: "POST", headers: { "x-amz-target": "DynamoDB_20120810.Query" } },
    400,
    '{"__type":"MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}',
  ],
  ["a path that is nowhere", { path: "/nowhere" }, 404, '{"message":"There is nothing at GET /nowhere"}'],
  [
    "a body that says to be over 16 MiB",
    { method: "POST", headers: { ...claim(), "content-length": "16777217" } },
    413,
    '{"message":"The body is over 16777216 bytes"}',
  ],
  [
    "a body that is over 16 MiB in chunks",
    { method: "POST", headers: { ...claim(), "transfer-encoding": "chunked" }, body: "x".repeat(16_777_217) },
    413,
    '{"message":"The body is over 16777216 bytes"}',
  ],
])("%s is refused", async (_name, request, status, body) => {
  const { port } = await open({ services: [tables()] });
  expect(await send(port, request)).toMatchObject({ status, body });
});

test.each([
  ["no HTTP", "nonsense\r\n\r\n", "400 Bad Request"],
  ["headers over 16 KiB", `GET / HTTP/1.1\r\nX: ${"x".repeat(16_384)}\r\n\r\n`, "431 Request Header Fields Too Large"],
])("a request with %s is refused and the door stays open", async (_name, bytes, status) => {
  const { port } = await open();
  const answer = await new Promise<string>((resolve) => {
    const socket = createConnection(port, "127.0.0.1", () => socket.write(bytes));
    socket.once("data", (data) => resolve(data.toString()));
  });
  expect(answer).toContain(`HTTP/1.1 ${status}\r\n`);
  expect(await send(port, { path: "/healthz" })).toMatchObject({ status: 200 });
});

test("a client that leaves in the middle of its body is nobody's error", async () => {
  const { port, log } = await open({ services: [tables()] });
  const left = new Promise((resolve) => {
    const claimed = Object.entries(claim()).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST / HTTP/1.1\r\nHost: x\r\n${claimed.join("")}Content-Length: 9\r\n\r\nabc`;
    const socket = createConnection(port, "127.0.0.1", () => socket.write(head, () => socket.destroy()));
    socket.once("close", resolve);
  });
  await left;
  expect(await send(port, { path: "/healthz" })).toMatchObject({ status: 200 });
  expect(log.filter(({ level }) => level !== "debug")).toEqual([]);
});

test("/healthz says whether all is started", async () => {
  let healthy = false;
  const { port } = await open({ healthy: () => healthy });
  expect(await send(port, { path: "/healthz" })).toMatchObject({ status: 503, body: "starting" });
  healthy = true;
  expect(await send(port, { path: "/healthz" })).toMatchObject({ status: 200, body: "ok" });
});

test("pages are asked after the WebSocket APIs, the site last, and each answers for itself", async () => {
  const { port } = await open({
    pages: (request, response) => request.url === "/page" && Boolean(response.end("the page")),
    site: (_request, response) => Boolean(response.end("the site")),
    webSockets: webSockets({
      request: (request, response) => request.url === "/dev" && Boolean(response.writeHead(426).end()),
    }),
  });
  expect(await send(port, { path: "/page" })).toMatchObject({ status: 200, body: "the page" });
  expect(await send(port, { path: "/" })).toMatchObject({ status: 200, body: "the site" });
  expect(await send(port, { path: "/dev" })).toMatchObject({ status: 426 });
});

test("an upgrade goes to the WebSocket APIs", async () => {
  const { port } = await open({
    webSockets: webSockets({ upgrade: (_request, socket) => socket.end("HTTP/1.1 418 Teapot\r\n\r\n") }),
  });
  const headers = { connection: "upgrade", upgrade: "websocket" };
  expect(await send(port, { path: "/dev", headers })).toMatchObject({ status: 418 });
});

test("a taken port is named in one line", async () => {
  const { port } = await open();
  const second = await open();
  await second.close();
  await expect(second.listen(port, "127.0.0.1")).rejects.toThrow(
    `Port ${port} is taken: stop what listens on it, or choose another`,
  );
});

test("closing waits for answers on their way, then takes no more", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const call = async () => {
    started.resolve();
    await promise;
    return { TableNames: ["t"] };
  };
  const door = await open({ services: [tables({ call })] });
  const sent = new DynamoDBClient(door.client).send(new ListTablesCommand());
  await started.promise;
  const closed = door.close();
  resolve();
  expect(await sent).toMatchObject({ TableNames: ["t"] });
  await closed;
  await expect(send(door.port, {})).rejects.toThrow("ECONNREFUSED");
});

test("a call that is never answered is open until its caller leaves, and holds up nothing", async () => {
  const called = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let calls = 0;
  const manage = () => void called[calls++]?.resolve();
  const door = await open({ webSockets: webSockets({ manage }), clock: manualClock(Date.now()) });
  const client = new ApiGatewayManagementApiClient({ ...door.client, endpoint: `${door.endpoint}/dev` });
  const post = (abortSignal?: AbortSignal) =>
    client.send(new PostToConnectionCommand({ ConnectionId: "a", Data: "x" }), { ...(abortSignal && { abortSignal }) });
  const caller = new AbortController();
  const left = post(caller.signal);
  await called[0]?.promise;
  caller.abort();
  await expect(left).rejects.toThrow("aborted");
  const cut = expect(post()).rejects.toThrow("socket hang up");
  await called[1]?.promise;
  await door.close();
  await cut;
});
