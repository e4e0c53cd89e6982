import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";

const command = fileURLToPath(new URL("../../supply-chain/advisories.ts", import.meta.url));

/** A registry that knows these advisories, by package, or answers with a status. @returns what the command says then */
const withRegistry = async (answer: Record<string, object[]> | number) => {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (request.method !== "POST") {
      // The versions of a package that is affected, to say which are not.
      const name = request.url!.slice(1);
      response.end(JSON.stringify({ name, "dist-tags": {}, versions: { "8.23.0": { name, version: "8.23.0" } } }));
      return;
    }
    asked.push(...Object.keys(JSON.parse(gunzipSync(body).toString())));
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: "0" };
  const child = execFile(process.execPath, [command], { env });
  const said = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [exitCode] = await once(child, "close");
  const [stdout, stderr] = await said;
  return { exitCode, stdout, stderr, asked };
};

test("every package of the lock file is asked for, and no finding is said", async () => {
  const { asked, ...said } = await withRegistry({});
  expect(said).toMatchObject({ exitCode: 0, stdout: "0 findings without an answer, 0 with one.\n" });
  expect(asked).toEqual(expect.arrayContaining(["ws", "aws-jwt-verify", "typescript", "@smithy/core"]));
});

test("a finding is named, and fails the command", async () => {
  const url = "https://github.com/advisories/GHSA-0000-0000-0000";
  const advisory = { id: 1, url, title: "ws does harm", severity: "high", vulnerable_versions: "*" };
  const { exitCode, stdout } = await withRegistry({ ws: [advisory] });
  expect([exitCode, stdout]).toEqual([
    1,
    `1 findings without an answer, 0 with one.\n  ws: high: ws does harm (${url})\n`,
  ]);
});

test("a registry that has no advisories fails nothing, and that is said", async () => {
  const { exitCode, stdout } = await withRegistry(405);
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^Not checked: this registry has no advisories/)]);
});

test("a registry that is down fails the command", async () => {
  const { exitCode, stderr } = await withRegistry(503);
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining("The registry could not be asked for advisories: 503"),
  ]);
});
