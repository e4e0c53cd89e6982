import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const folder = async () => {
  const data = await mkdtemp(join(tmpdir(), "credentials-"));
  onTestFinished(() => rm(data, { recursive: true }));
  return data;
};

/** What a shell has after `eval "$(npm run --silent credentials)"`. */
const evaluated = async (data: string, variables: readonly string[]) => {
  const said = `eval "$(node local/credentials.ts --data '${data}')"`;
  const shown = variables.map((name) => `echo "\${${name}-unset}"`).join("; ");
  const env = { ...process.env, AWS_SESSION_TOKEN: "of another account", AWS_PROFILE: "work" };
  const { stdout } = await promisify(execFile)("sh", ["-c", `${said}; ${shown}`], { env });
  return stdout.trimEnd().split("\n");
};

test("a shell takes the endpoint and the operator's keys, and forgets another account's", async () => {
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const data = await folder();
  const running = { pid: 1, origin, accessKeyId: "AKIA1", secretAccessKey: "it's $ecret" };
  await writeFile(join(data, "runtime.json"), JSON.stringify(running));
  const expected = {
    AWS_ENDPOINT_URL: origin,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIA1",
    AWS_SECRET_ACCESS_KEY: "it's $ecret",
    AWS_SESSION_TOKEN: "",
    AWS_PROFILE: "unset",
    DYNAMO_ENDPOINT: origin,
  };
  expect(await evaluated(data, Object.keys(expected))).toEqual(Object.values(expected));
});

test("where nothing runs there is nothing to evaluate, and it is said what to do", async () => {
  const run = promisify(execFile)("node", ["local/credentials.ts", "--data", await folder()]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/begin with npm start/),
  });
});
