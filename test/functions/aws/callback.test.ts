import type { RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { callback } from "../../../functions/aws/callback.ts";
import { createSignatureCheck } from "../../../local/http/sigv4.ts";
import { operator } from "../../support/functions.ts";
import { serveSdk } from "../../support/sdk-server.ts";

afterEach(() => void vi.unstubAllEnvs());

const check = createSignatureCheck({
  principalOf: () => ({ principal: operator, secretAccessKey: "secret", sessionToken: "session" }),
  clock: { now: Date.now },
});

/** The callback API of a stage, which checks signatures and then answers each post with the next of these. */
const stage = async (...statuses: number[]) => {
  const posted: { path: string; text: string; service: string }[] = [];
  const listener: RequestListener = async (request, response) => {
    const { method = "", url = "" } = request;
    const body = await buffer(request);
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { service } = check({ method, url, headers, body });
    posted.push({ path: decodeURIComponent(url), text: body.toString(), service });
    response.writeHead(statuses.shift() ?? 200).end();
  };
  const { client, close } = await serveSdk(listener);
  onTestFinished(close);
  vi.stubEnv("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", `${client.endpoint}/live`);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "session");
  return { ...callback(), posted };
};

test("each post is signed and goes to its own connection, however many came before it", async () => {
  const { postToConnection, posted } = await stage();
  const posts = ["ann=", "bob=", "carl="].map((id) => ({ id, text: `{"to":"${id}","says":"Grüße"}` }));
  for (const { id, text } of posts) await postToConnection(id, text);
  expect(posted).toEqual(
    posts.map(({ id, text }) => ({ path: `/live/@connections/${id}`, text, service: "execute-api" })),
  );
});

test("posts that are made at the same time do not mix", async () => {
  const { postToConnection, posted } = await stage();
  await postToConnection("first=", "hello");
  const ids = Array.from({ length: 20 }, (_, n) => `connection-${n}=`);
  await Promise.all(ids.map((id) => postToConnection(id, `to ${id}`)));
  const arrived = posted.slice(1).map(({ path, text }) => [path, text]);
  expect(arrived.sort()).toEqual(ids.map((id) => [`/live/@connections/${id}`, `to ${id}`]).sort());
});

test("a post that fails is not made again, says its status, and leaves the next as it is", async () => {
  const { postToConnection, posted } = await stage(500, 200, 410, 200);
  await expect(postToConnection("bob=", "1")).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await postToConnection("bob=", "2");
  await expect(postToConnection("bob=", "3")).rejects.toMatchObject({ $metadata: { httpStatusCode: 410 } });
  await postToConnection("bob=", "4");
  expect(posted.map(({ text }) => text)).toEqual(["1", "2", "3", "4"]);
});
