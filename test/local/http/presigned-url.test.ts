import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDoor, operator, send, webSockets } from "./door-builder.ts";

const manage = vi.fn(() => ({ status: 200, headers: {}, body: "" }));
let door: Awaited<ReturnType<typeof openDoor>>;

beforeEach(async () => {
  vi.clearAllMocks();
  door = await openDoor({ webSockets: webSockets({ manage }) });
});
afterEach(() => door.close());

/** A presigned URL's path and query, made as AWS describes it. */
const presigned = (more: { expires?: number; age?: number; connections?: string } = {}) => {
  const path = `/dev/${more.connections ?? "@connections"}/a%3D`;
  const time = new Date(Date.now() - (more.age ?? 0)).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/us-east-1/execute-api/aws4_request`;
  const query = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${operator.accessKeyId}/${scope}`],
    ["X-Amz-Date", time],
    ["X-Amz-Expires", String(more.expires ?? 60)],
    ["X-Amz-SignedHeaders", "host"],
    ["b", "ä ~"],
  ]
    .map(([name, value]) => `${name}=${encodeURIComponent(value!)}`)
    .join("&");
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const canonical = `GET\n${path.replace(/[%@]/g, encodeURIComponent)}\n${query}\nhost:127.0.0.1:${door.port}\n\nhost\n${sha256("")}`;
  const key = [time.slice(0, 8), "us-east-1", "execute-api", "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${operator.secretAccessKey}`,
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString("hex");
  return `${path}?${query}&X-Amz-Signature=${signature}`;
};

test("a presigned URL is taken while it is valid", async () => {
  expect(await send(door.port, { path: presigned() })).toMatchObject({ status: 200 });
  expect(await send(door.port, { path: presigned({ age: 3_000_000, expires: 3_600 }) })).toMatchObject({ status: 200 });
  expect(await send(door.port, { path: presigned({ connections: "%40connections" }) })).toMatchObject({ status: 200 });
  expect(manage).toHaveBeenCalledTimes(3);
});

test("a presigned URL is refused when it has expired or was changed", async () => {
  const expired = await send(door.port, { path: presigned({ age: 61_000 }) });
  expect(expired).toMatchObject({ status: 403, body: expect.stringContaining("Signature expired") });
  const changed = await send(door.port, { path: presigned().replace("a%3D", "b%3D") });
  expect(changed).toMatchObject({ status: 403, body: expect.stringContaining("does not match") });
  const endless = await send(door.port, { path: presigned({ expires: 604_801 }) });
  expect(endless).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "IncompleteSignatureException" } });
});
