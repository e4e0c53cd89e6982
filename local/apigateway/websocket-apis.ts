import { randomBytes as systemRandomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Faults } from "../faults/faults.ts";
import type { InvokeFunction } from "../lambda/invoke.ts";
import type { Log } from "../log.ts";
import { createAccessLog, type WriteLog } from "./access-log.ts";
import { addressesOf, type StageAddress } from "./addresses.ts";
import { createAuthorize } from "./authorizer.ts";
import { type Closure, goingAway, lost } from "./close-reasons.ts";
import { type Connection, openConnection } from "./connection.ts";
import { readDomains } from "./domains.ts";
import { errorDetails } from "./error-details.ts";
import { type ConnectionFacts, disconnectEvent, requestContext } from "./events.ts";
import { createCallFunction } from "./function-call.ts";
import { createHandshake } from "./handshake.ts";
import { createIds } from "./ids.ts";
import { createCallIntegration } from "./integration.ts";
import { createManage, type ManagementAnswer, type ManagementCall, readManagementPath } from "./management.ts";
import { createMessages } from "./messages.ts";
import { createOneByOne } from "./one-by-one.ts";
import { defaultQuotas, type Quotas } from "./quotas.ts";
import { readStages, type Stage } from "./stage.ts";
import { createStageMetrics, measuredIntegration } from "./stage-metrics.ts";
import { createThrottle } from "./throttle.ts";
import { createUpgrade } from "./upgrade.ts";

export interface WebSocketApisNeeds {
  /** Those of `AWS::ApiGatewayV2::*`; others are not looked at. */
  readonly resources: readonly Resource[];
  readonly region: string;
  readonly account: string;
  readonly invoke: InvokeFunction;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the lines of a stage's access log go. */
  readonly writeLog: WriteLog;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  readonly putMetric: PutMetric;
  /** Kills the whole runtime, at once and without a word. */
  kill(): void;
  readonly randomBytes?: (size: number) => Uint8Array;
  readonly quotas?: Partial<Quotas>;
}

export interface WebSocketApis {
  /** The names of the stages, each served at `/{stage}`, and where it is mapped to a domain, there too. */
  readonly stages: readonly string[];
  /** Where these are on AWS. */
  readonly addresses: readonly StageAddress[];
  /** Takes an `upgrade` of the HTTP server, whatever its path: it is answered, and the socket is ours from here. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Answers a plain HTTP request to a stage (426), and below it or elsewhere on a domain of its own (403); false for
   * `@connections` and all other paths.
   */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /** One call of `@connections`, whose caller `manageArn` was authorized for; undefined: it is never answered. */
  manage(call: ManagementCall): ManagementAnswer | undefined;
  /**
   * What a caller of `@connections` must be allowed to do `execute-api:ManageConnections` on, as
   * `arn:aws:execute-api:region:account:apiId/stage/POST/@connections/{id}`; undefined for a path that is none of it.
   */
  manageArn(path: string, method: string): string | undefined;
  /** How many connections are open. */
  open(): number;
  /** Closes all connections with 1001 and runs their `$disconnect` routes; resolves when done, after 3 s at most. */
  close(): Promise<void>;
}

const closeMs = 3_000;

/**
 * Runs the WebSocket APIs of a template, each stage at `/{stage}`.
 * @throws where the resources don't fit together, naming the one that is wrong.
 */
export const createWebSocketApis = (needs: WebSocketApisNeeds): WebSocketApis => {
  const { clock, faults, randomBytes = systemRandomBytes } = needs;
  /** What the end cuts short has not failed. */
  const log: Log = (entry) => void (ended || needs.log(entry));
  const quotas = { ...defaultQuotas, ...needs.quotas };
  const stages = readStages(needs.resources, needs);
  const domains = readDomains(needs.resources, stages.values());
  const stageOf = (request: IncomingMessage): Stage | undefined =>
    domains.isNamedBy(request)
      ? domains.stageOf(request)
      : stages.get(/^\/([^/]+)\/?$/.exec(request.url?.split("?")[0] ?? "/")?.[1] ?? "");
  const connections = new Map<string, Connection>();
  /** Sockets of connections that have not closed yet, and `$disconnect` routes that have not returned. */
  const unfinished = new Set<Promise<unknown>>();
  let closing = false;
  let ended = false;

  const now = clock.now;
  const newId = createIds(now, randomBytes);
  const throttle = createThrottle({ perSecond: quotas.requestsPerSecond, burst: quotas.requestBurst }, clock);
  const accessLog = createAccessLog(stages.values(), needs.writeLog);
  const callFunction = createCallFunction({ invoke: needs.invoke, clock, log });
  const metrics = createStageMetrics(needs.putMetric);
  const callIntegration = measuredIntegration(
    createCallIntegration({ callFunction, timeoutMs: quotas.integrationMs, log }),
    { metrics, now },
  );
  const authorize = createAuthorize({ callFunction, timeoutMs: quotas.integrationMs, log });
  const takeMessage = createMessages({ now, newId, throttle, callIntegration, accessLog, faults, metrics });

  const track = (work: Promise<unknown>) => {
    unfinished.add(work);
    work.finally(() => unfinished.delete(work));
  };

  /** Runs `$disconnect`, whose answer nobody waits for. */
  const disconnected = (stage: Stage, facts: ConnectionFacts, closure: Closure) => {
    if (faults.strikes("disconnect.lose")) return;
    const request = { routeKey: "$disconnect", eventType: "DISCONNECT" as const, requestId: newId(), at: now() };
    const context = requestContext(stage, facts, request);
    accessLog(stage, context, { status: 200 });
    track(callIntegration(stage.routes.get("$disconnect"), disconnectEvent(stage, context, closure)));
  };

  const floods = createOneByOne();
  const listener = {
    async message(connection: Connection, text: string) {
      if (faults.strikes("runtime.kill")) return needs.kill();
      metrics.message(connection.stage);
      await takeMessage(connection, text).catch((error: unknown) =>
        log({ level: "error", from: "websocket", message: "a message failed", details: errorDetails(error) }),
      );
    },
    sent: ({ stage }: Connection) => metrics.message(stage),
    end({ stage, facts }: Connection, closure: Closure) {
      connections.delete(facts.connectionId);
      disconnected(stage, facts, closure);
    },
  };

  const upgrade = createUpgrade({
    stageOf,
    handshake: createHandshake({ now, newId, throttle, authorize, callIntegration, accessLog, metrics }),
    newTraceId: () => {
      const unique = Buffer.from(randomBytes(12)).toString("hex");
      return `Root=1-${Math.floor(now() / 1000)
        .toString(16)
        .padStart(8, "0")}-${unique}`;
    },
    quotas,
    open(socket, accepted) {
      const connection = openConnection(socket, accepted, { clock, quotas, floods, listener });
      connections.set(accepted.facts.connectionId, connection);
      track(new Promise((resolve) => socket.once("close", resolve)));
      if (closing) connection.close(goingAway);
      return connection;
    },
    leftEarly: ({ stage, facts }) => disconnected(stage, facts, lost),
    closing: () => closing,
    log,
  });

  return {
    stages: [...stages.keys()],
    addresses: addressesOf(stages.values(), domains.mappings),
    upgrade,
    request(request, response) {
      const path = request.url?.split("?")[0] ?? "/";
      const [, stage = ""] = /^\/([^/]+)/.exec(path) ?? [];
      if (!domains.isNamedBy(request) && (!stages.has(stage) || readManagementPath(path))) return false;
      const [status, message] = stageOf(request) ? [426, "Upgrade Required"] : [403, "Forbidden"];
      response.writeHead(status, {
        "content-type": "application/json",
        ...(status === 426 && { upgrade: "websocket" }),
      });
      response.end(JSON.stringify({ message }));
      return true;
    },
    manage: createManage({ stages, connections, throttle, messageBytes: quotas.messageBytes, faults }),
    manageArn(path, method) {
      const target = readManagementPath(path);
      const stage = target && stages.get(target.stage);
      return stage && `${stage.arn}/${method}/@connections/${target.connectionId}`;
    },
    open: () => connections.size,
    async close() {
      closing = true;
      const all = [...connections.values()];
      for (const connection of all) connection.close(goingAway);
      const time = Promise.withResolvers<void>();
      const cancel = clock.after(closeMs, time.resolve);
      await Promise.race([Promise.allSettled(unfinished), time.promise]);
      cancel();
      ended = true;
      for (const connection of all) connection.destroy();
    },
  };
};
