import { afterEach, describe, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import type { InvokeResult } from "../../../local/lambda/invoke.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { type Gateway, ok, startGateway } from "./gateway.ts";

let gateway: Gateway;
afterEach(() => gateway.stop());

const invoked = () => gateway.invocations.map(({ event }) => event.requestContext.routeKey);

describe("route selection", () => {
  test("20 takes a JSON message to the route that the expression names", async () => {
    gateway = await startGateway({ routes: { say: ok, $default: ok } });
    const { send } = await gateway.connect();
    send({ action: "say", text: "hi" });
    expect((await gateway.event("say")).body).toBe('{"action":"say","text":"hi"}');
  });

  test("23 follows a path into the message", async () => {
    gateway = await startGateway({ selection: "$request.body.service.do", routes: { work: ok } });
    const { send } = await gateway.connect();
    send({ service: { do: "work" } });
    await gateway.event("work");
  });

  test.each([
    ["21 no such route", '{"action":"nowhere"}'],
    ["21 no such key", '{"other":"say"}'],
    ["22 text that is not JSON", "hello"],
    ["22 empty text", ""],
    ["a number", '{"action":1}'],
    ["an array", '["say"]'],
    ["null", "null"],
    ["a key of every object", '{"action":"__proto__"}'],
    ["another key of every object", '{"action":"constructor"}'],
    ["a prototype", '{"__proto__":{"action":"say"}}'],
    ["JSON nested without end", "[".repeat(30_000)],
    ["25 the name of a lifecycle route", '{"action":"$connect"}'],
  ])("takes to $default: %s", async (_what, text) => {
    gateway = await startGateway({ routes: { $connect: ok, say: ok, $default: ok } });
    const { send } = await gateway.connect();
    send(text);
    expect(await gateway.event("$default")).toMatchObject({ body: text, requestContext: { eventType: "MESSAGE" } });
    expect(invoked()).toEqual(["$connect", "$default"]);
  });

  test("24, 26 without $default, a message of no route is Forbidden, and other routes work on the same connection", async () => {
    gateway = await startGateway({ routes: { $connect: ok, say: ok } });
    const { send, next } = await gateway.connect();
    const { connectionId } = (await gateway.event("$connect")).requestContext;
    send({ action: "nowhere" });
    expect(JSON.parse(await next())).toEqual({ message: "Forbidden", connectionId, requestId: expect.any(String) });
    send({ action: "say" });
    await gateway.event("say");
  });
});

describe("request models", () => {
  const requestModel = { type: "object", required: ["text"], properties: { text: { type: "string", maxLength: 3 } } };

  test.each([
    ["what the schema does not allow", '{"action":"say","text":"long"}'],
    ["what lacks a field", '{"action":"say"}'],
    ["text that is not JSON", "hello"],
  ])("31 %s is answered Bad request body, and the function is not invoked", async (_what, text) => {
    gateway = await startGateway({ routes: { say: ok, $default: ok }, requestModel });
    const { send, next } = await gateway.connect();
    send(text);
    expect(JSON.parse(await next())).toEqual({
      message: "Bad request body",
      connectionId: expect.stringMatching(/=$/),
      messageId: expect.any(String),
    });
    send({ action: "say", text: "hi" });
    await gateway.event("say");
    expect(invoked()).toEqual(["say"]);
  });
});

describe("the answer of a route", () => {
  const echo = ({ body }: { body: string }) => ({ statusCode: 200, body: `echo ${body}` });

  test("29 stays with the service when the route has no response", async () => {
    gateway = await startGateway({ routes: { quiet: echo, loud: echo }, answers: ["loud"] });
    const { send, next, frames } = await gateway.connect();
    send({ action: "quiet" });
    await gateway.event("quiet");
    send({ action: "loud" });
    expect(await next()).toBe('echo {"action":"loud"}');
    expect(frames).toEqual([]);
  });

  test("30 is sent to the sender as one text frame when it has one", async () => {
    gateway = await startGateway({ routes: { $default: echo }, answers: ["$default"] });
    const { send, next } = await gateway.connect();
    send("ä ✓");
    expect(await next()).toBe("echo ä ✓");
  });

  test("30 is sent whatever its status code, and is nothing without a body", async () => {
    const handler = ({ body }: { body: string }) =>
      body === "quiet" ? { statusCode: 200 } : { statusCode: 418, body: "teapot" };
    gateway = await startGateway({ routes: { $default: handler }, answers: ["$default"] });
    const { send, next } = await gateway.connect();
    send("quiet");
    await gateway.event("$default");
    send("loud");
    expect(await next()).toBe("teapot");
  });

  test("33 does not wait for the answer to an earlier message", async () => {
    const slow = Promise.withResolvers<object>();
    const handler = ({ body }: { body: string }) =>
      body === "slow" ? slow.promise : { statusCode: 200, body: "fast" };
    gateway = await startGateway({ routes: { $default: handler }, answers: ["$default"] });
    const { send, next } = await gateway.connect();
    send("slow");
    send("fast");
    expect(await next()).toBe("fast");
    slow.resolve({ statusCode: 200, body: "slow" });
    expect(await next()).toBe("slow");
  });
});

describe("a message whose route cannot be run", () => {
  const lambda = (answer: (name: string) => Promise<InvokeResult>) => ({
    invoke: ({ functionName }: { functionName: string }) => answer(functionName.split(":").at(-1) ?? ""),
  });

  test.each([
    ["28 throws", () => Promise.reject(new Error("secret"))],
    ["returns nothing", () => undefined],
    ["returns text", () => "done"],
    ["returns no status code", () => ({ body: "x" })],
  ])(
    "is answered with Internal server error and the connection stays open: its function %s",
    async (_what, handler) => {
      gateway = await startGateway({ routes: { $connect: ok, broken: handler, fine: ok } });
      const { send, next } = await gateway.connect();
      const { connectionId } = (await gateway.event("$connect")).requestContext;
      send({ action: "broken" });
      const frame = await next();
      const { requestId } = (await gateway.event("broken")).requestContext;
      expect(JSON.parse(frame)).toEqual({ message: "Internal server error", connectionId, requestId });
      expect(gateway.logged).toMatchObject([{ level: "error", message: expect.stringContaining("broken") }]);
      send({ action: "fine" });
      await gateway.event("fine");
    },
  );

  test("is answered with Internal server error when Lambda refuses the invocation", async () => {
    const refused = new AwsError("AccessDeniedException", "not authorized to perform: lambda:InvokeFunction", 403);
    gateway = await startGateway({ routes: { $default: ok }, ...lambda(() => Promise.reject(refused)) });
    const { send, next } = await gateway.connect();
    send("hello");
    expect(JSON.parse(await next())).toMatchObject({ message: "Internal server error" });
    expect(gateway.logged).toMatchObject([
      { level: "error", details: { errorType: "AccessDeniedException", errorMessage: refused.message } },
    ]);
  });

  test("is lost without a word when Lambda throttles the invocation", async () => {
    const throttled = new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
    const routes = { throttled: ok };
    gateway = await startGateway({ routes, ...lambda(() => Promise.reject(throttled)) });
    const { send, next, frames } = await gateway.connect();
    send({ action: "throttled" });
    send({ action: "nowhere" });
    expect(JSON.parse(await next())).toMatchObject({ message: "Forbidden" });
    expect(frames).toEqual([]);
    expect(gateway.logged).toHaveLength(1);
  });

  test.each([
    ["after 29 s", {}, 29_000],
    ["after the integration's own timeout", { TimeoutInMillis: 1_000 }, 1_000],
  ])("32 is not waited for any longer %s", async (_when, integration, ms) => {
    const clock = manualClock();
    gateway = await startGateway({ clock, integration, routes: { hang: () => new Promise(() => {}), fine: ok } });
    const { send } = await gateway.connect();
    send({ action: "hang" });
    await gateway.event("hang");
    await clock.advance(ms - 1);
    expect(gateway.logged).toEqual([]);
    await clock.advance(1);
    expect(gateway.logged).toMatchObject([{ level: "error", message: expect.stringContaining(`${ms} ms`) }]);
    send({ action: "fine" });
    await gateway.event("fine");
  });
});
