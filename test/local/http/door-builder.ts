import { request as httpRequest } from "node:http";
import { AwsError } from "../../../local/aws/error.ts";
import type { AwsService, Principal } from "../../../local/aws/service.ts";
import { systemClock } from "../../../local/clock.ts";
import { createCallService } from "../../../local/http/call-service.ts";
import { createFrontDoor, type FrontDoorNeeds } from "../../../local/http/front-door.ts";
import type { KnownKey } from "../../../local/iam/credentials.ts";
import type { LogEntry } from "../../../local/log.ts";

export const worker: Principal = { kind: "role", roleArn: "arn:aws:iam::123456789012:role/worker", session: "job" };
export const credentials = { accessKeyId: "ASIAWORKER", secretAccessKey: "worker's", sessionToken: "token+of/worker=" };
export const operator = { accessKeyId: "operator", secretAccessKey: "operator's" };

const keys = new Map<string, KnownKey>([
  [credentials.accessKeyId, { ...credentials, principal: worker }],
  [operator.accessKeyId, { ...operator, principal: { kind: "operator" } }],
]);

/** The headers of a call whose key is known; the signature is not that key's. */
export const claim = (): Record<string, string> => {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${operator.accessKeyId}/${time.slice(0, 8)}/us-east-1/dynamodb/aws4_request`;
  return {
    "x-amz-date": time,
    "x-amz-target": "DynamoDB_20120810.Query",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${"0".repeat(64)}`,
  };
};

/** A service that gives back what it was called with. */
export const echo = (signingName: string, targetPrefix: string, more: Partial<AwsService> = {}): AwsService => ({
  signingName,
  targetPrefix,
  jsonVersion: "1.0",
  permissions: (action) => [{ action: `${signingName}:${action}`, resource: "*" }],
  call: async (action, input) => ({ action, input }),
  ...more,
});

/** WebSocket APIs with `@connections` at the stage `dev`, and nothing else. */
export const webSockets = (more: Partial<FrontDoorNeeds["webSockets"]> = {}): FrontDoorNeeds["webSockets"] => ({
  upgrade: (_request, socket) => socket.destroy(),
  request: () => false,
  manage: () => ({ status: 200, headers: {}, body: "" }),
  manageArn: (path, method) => (/^\/dev\/(@|%40)/.test(path) ? `arn:api/dev/${method}` : undefined),
  ...more,
});

/** All that a front door needs and a test doesn't care for. */
export const doorNeeds = (more: Partial<FrontDoorNeeds> & { denied?: readonly string[] } = {}) => {
  const services = more.services ?? [];
  const log: LogEntry[] = [];
  const authorize: FrontDoorNeeds["iam"]["authorize"] = (_principal, permissions) => {
    for (const { action, resource } of permissions)
      if (more.denied?.includes(action))
        throw new AwsError("AccessDeniedException", `No ${action} on ${resource}`, 403);
  };
  const needs: FrontDoorNeeds = {
    iam: { authorize, principalOf: (id) => keys.get(id) },
    services,
    call: createCallService({ services, authorize }),
    restServices: {},
    webSockets: webSockets(),
    pages: () => false,
    site: () => false,
    healthy: () => true,
    clock: systemClock,
    log: (entry) => log.push(entry),
    ...more,
  };
  return { needs, log };
};

/** Opens a front door on a free port. */
export const openDoor = async (more: Parameters<typeof doorNeeds>[0] = {}) => {
  const { needs, log } = doorNeeds(more);
  const door = createFrontDoor(needs);
  const { port } = await door.listen(0, "127.0.0.1");
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    ...door,
    log,
    port,
    endpoint,
    /** What an SDK client is made with; requests are not repeated. */
    client: { endpoint, region: "us-east-1", credentials, maxAttempts: 1 },
  };
};

/** A request without an SDK, path and headers as they are. */
export const send = (
  port: number,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    const { method = "GET", path = "/", headers = {}, body = "" } = options;
    const request = httpRequest({ port, host: "127.0.0.1", method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on("error", reject).end(body);
  });
