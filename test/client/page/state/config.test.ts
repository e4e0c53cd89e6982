import { expect, test } from "vitest";
import { readConfig } from "../../../../client/page/state/config.ts";

const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status });

test("the endpoint is that of config.json", async () => {
  const endpoint = "wss://chat.example.com/prod";
  expect(await readConfig(answering(JSON.stringify({ endpoint })))).toEqual({ endpoint });
});

test.each([
  ["is not there", answering("{}", 404)],
  ["is a page", answering("<!doctype html>")],
  ["names nothing", answering("{}")],
  ["names a site", answering('{"endpoint":"https://chat.example.com"}')],
  ["cannot be fetched", () => Promise.reject(new TypeError("Failed to fetch"))],
])("a config.json that %s is none", async (_what, fetchFile) => {
  expect(await readConfig(fetchFile)).toBeUndefined();
});
