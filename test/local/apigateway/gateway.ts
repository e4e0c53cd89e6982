import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import {
  ApiGatewayManagementApiClient,
  type ApiGatewayManagementApiClientConfig,
} from "@aws-sdk/client-apigatewaymanagementapi";
import * as v from "valibot";
import { type ClientOptions, WebSocket } from "ws";
import type { Quotas } from "../../../local/apigateway/quotas.ts";
import { resourceTypes } from "../../../local/apigateway/resources.ts";
import { createWebSocketApis } from "../../../local/apigateway/websocket-apis.ts";
import { type Clock, systemClock } from "../../../local/clock.ts";
import type { Identity, Resource } from "../../../local/cloudformation/resource-type.ts";
import type { PutMetric } from "../../../local/cloudwatch/metric.ts";
import { createFaults, noFaults } from "../../../local/faults/faults.ts";
import { readFaultPlan } from "../../../local/faults/plan.ts";
import type { Json } from "../../../local/json.ts";
import type { InvokeRequest, InvokeResult } from "../../../local/lambda/invoke.ts";
import type { LogEntry } from "../../../local/log.ts";

/** biome-ignore lint/suspicious/noExplicitAny: an event is JSON that each test reads in its own way */
type Event = any;
/** What a function does with an event; what it throws is the function's error. */
export type Handler = (event: Event) => unknown;

export const region = "eu-north-1";
export const account = "111122223333";
const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;
const uri = (name: string) =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`;

/** One resource of a template, checked by its type's own schema. */
export const resource = (logicalId: string, type: string, properties: { [name: string]: Json }): Resource => {
  const known = resourceTypes[`AWS::ApiGatewayV2::${type}`]!;
  const identity: Identity = {
    logicalId,
    region,
    account,
    partition: "aws",
    stackName: "Test",
    property: (name) => properties[name],
    generatedName: `Test-${logicalId}`,
  };
  return {
    logicalId,
    type: `AWS::ApiGatewayV2::${type}`,
    properties: v.parse(known.properties, properties),
    ref: known.ref(identity),
    attribute: (name) => known.attributes[name]!(identity),
    identity,
  };
};

interface Template {
  /** A function by route key; a route without one (`undefined`) leads nowhere. */
  readonly routes: Readonly<Record<string, Handler | undefined>>;
  /** Route keys whose answer goes to the sender. */
  readonly answers?: readonly string[];
  /** The schema of what the messages of every route have to be. */
  readonly requestModel?: { [name: string]: Json };
  readonly authorizer?: Handler;
  readonly identitySource?: string[];
  readonly selection?: string;
  readonly stage?: { [name: string]: Json };
  readonly integration?: { [name: string]: Json };
  /** The name of a second stage. */
  readonly furtherStage?: string;
}

/** The template of an API with a stage `dev`, its function for a route named as the route. */
export const resourcesOf = ({ routes, answers = [], ...template }: Template): Resource[] => {
  const api = resource("Api", "Api", {
    Name: "test",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: template.selection ?? "$request.body.action",
  });
  const ApiId = api.ref;
  const authorizer =
    template.authorizer &&
    resource("Auth", "Authorizer", {
      ApiId,
      Name: "auth",
      AuthorizerType: "REQUEST",
      AuthorizerUri: uri("authorizer"),
      IdentitySource: template.identitySource ?? [],
    });
  const ofRoutes = Object.entries(routes).flatMap(([RouteKey, handler], index) => {
    const integration = resource(`Integration${index}`, "Integration", {
      ApiId,
      IntegrationType: "AWS_PROXY",
      IntegrationUri: uri(RouteKey.replace("$", "")),
      ...template.integration,
    });
    const route = resource(`Route${index}`, "Route", {
      ApiId,
      RouteKey,
      ...(handler && { Target: `integrations/${integration.ref}` }),
      ...(RouteKey === "$connect" && authorizer
        ? { AuthorizationType: "CUSTOM", AuthorizerId: authorizer.ref }
        : { AuthorizationType: "NONE" }),
      ...(answers.includes(RouteKey) && { RouteResponseSelectionExpression: "$default" }),
      ...(template.requestModel && { ModelSelectionExpression: "$default", RequestModels: { $default: "said" } }),
    });
    const response = resource(`Response${index}`, "RouteResponse", {
      ApiId,
      RouteId: route.ref,
      RouteResponseKey: "$default",
    });
    return [integration, route, ...(answers.includes(RouteKey) ? [response] : [])];
  });
  const model =
    template.requestModel && resource("Model", "Model", { ApiId, Name: "said", Schema: template.requestModel });
  const stage = resource("Stage", "Stage", { ApiId, StageName: "dev", AutoDeploy: true, ...template.stage });
  const further = template.furtherStage
    ? [resource("Further", "Stage", { ApiId, StageName: template.furtherStage, AutoDeploy: true })]
    : [];
  return [api, stage, ...further, ...(authorizer ? [authorizer] : []), ...(model ? [model] : []), ...ofRoutes];
};

interface Surroundings {
  /** Instead of the template's own. */
  readonly resources?: readonly Resource[];
  readonly clock?: Clock;
  readonly quotas?: Partial<Quotas>;
  /** What goes wrong on purpose, as `--faults` takes it. */
  readonly faults?: string;
  readonly putMetric?: PutMetric;
  readonly kill?: () => void;
  readonly invoke?: (request: InvokeRequest) => Promise<InvokeResult>;
}

/** An API that listens, with functions that are the template's handlers. */
export const startGateway = async (template: Template & Surroundings) => {
  const invocations: { functionName: string; event: Event; principal: InvokeRequest["principal"] }[] = [];
  const logged: LogEntry[] = [];
  const accessLog: { group: string; line: string }[] = [];
  const waiting = new Set<() => void>();

  const invoke = async ({ functionName, payload, principal }: InvokeRequest): Promise<InvokeResult> => {
    const name = functionName.split(":").at(-1) ?? "";
    const event = JSON.parse(payload);
    invocations.push({ functionName, event, principal });
    for (const check of waiting) check();
    const handler =
      name === "authorizer" ? template.authorizer : (template.routes[name] ?? template.routes[`$${name}`]);
    const done = { requestId: "r-1", durationMs: 1, memoryBytes: 1 };
    try {
      return { ...done, payload: JSON.stringify((await handler?.(event)) ?? null) };
    } catch (error) {
      const payload = JSON.stringify({
        errorType: "Error",
        errorMessage: (error as Error).message,
        trace: ["at secret"],
      });
      return { ...done, payload, functionError: "Unhandled" };
    }
  };

  const resources = template.resources ?? resourcesOf(template);
  const apis = createWebSocketApis({
    resources,
    region,
    account,
    invoke: template.invoke ?? invoke,
    clock: template.clock ?? systemClock,
    log: (entry) => logged.push(entry),
    writeLog: (group, line) => accessLog.push({ group, line }),
    faults: template.faults ? createFaults(readFaultPlan(template.faults)) : noFaults,
    putMetric: template.putMetric ?? (() => {}),
    kill: template.kill ?? (() => {}),
    ...(template.quotas && { quotas: template.quotas }),
  });

  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (apis.request(request, response)) return;
    const answer = apis.manage({ method: request.method ?? "", path, body: await bodyOf(request) });
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const sockets: Duplex[] = [];
  server.on("upgrade", (request, socket, head) => {
    sockets.push(socket);
    apis.upgrade(request, socket, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const clients: WebSocket[] = [];

  return {
    apis,
    port,
    /** The clients' sockets, in the order of `connect`. */
    clients,
    /** The server's sockets of them. */
    sockets,
    apiId: resources[0]!.ref,
    resources,
    invocations,
    logged,
    accessLog,
    /** Resolves with the `nth` event of a route once its function is invoked. */
    event: (routeKey: string, nth = 1): Promise<Event> =>
      new Promise((resolve) => {
        const check = () => {
          const found = invocations.filter(({ event }) => event.requestContext.routeKey === routeKey && !event.type);
          if (found.length < nth) return;
          waiting.delete(check);
          resolve(found[nth - 1]!.event);
        };
        waiting.add(check);
        check();
      }),
    connect: (path = "/dev", protocols: string[] = [], options: ClientOptions = {}) =>
      openClient(`ws://127.0.0.1:${port}${path}`, protocols, options, clients),
    /** The unmodified SDK client of `@connections`. */
    sdk: (config: ApiGatewayManagementApiClientConfig = {}) =>
      new ApiGatewayManagementApiClient({
        endpoint: `http://127.0.0.1:${port}/dev`,
        region,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
        ...config,
      }),
    async stop() {
      for (const client of clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** The HTTP answer to an upgrade that was refused. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
}

const openClient = (url: string, protocols: string[], options: ClientOptions, clients: WebSocket[]) =>
  new Promise<Client>((resolve, reject) => {
    const socket = new WebSocket(url, protocols, options);
    clients.push(socket);
    const client = readClient(socket);
    socket.once("open", () => resolve(client));
    socket.once("unexpected-response", async (_, response: IncomingMessage) => {
      const refusal: Refusal = { status: response.statusCode ?? 0, body: String(await bodyOf(response)) };
      reject(Object.assign(new Error(`refused with ${refusal.status}`), refusal));
    });
    socket.on("error", reject);
  });

const readClient = (socket: WebSocket) => {
  const frames: string[] = [];
  const readers: ((text: string) => void)[] = [];
  socket.on("message", (data, isBinary) => {
    const text = isBinary ? "(binary)" : String(data);
    const reader = readers.shift();
    if (reader) reader(text);
    else frames.push(text);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  return {
    socket,
    closed,
    send: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    /** The next text frame. */
    next: (): Promise<string> => {
      const frame = frames.shift();
      return frame === undefined ? new Promise((resolve) => readers.push(resolve)) : Promise.resolve(frame);
    },
    /** Frames that came and were not read. */
    frames,
  };
};

export type Client = ReturnType<typeof readClient>;

const bodyOf = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** What a handler answers when all is well. */
export const ok = () => ({ statusCode: 200 });

/** An authorizer's answer that allows, or denies, the route that is asked for. */
export const policy =
  (Effect: "Allow" | "Deny", fields: object = {}) =>
  (event: Event) => ({
    principalId: "user-1",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect, Resource: event.methodArn }],
    },
    ...fields,
  });
