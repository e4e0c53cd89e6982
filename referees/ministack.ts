import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, freePort, run, startServer } from "./processes.ts";

const VERSION = "1.5.33";

/** Where the stack is made; the emulator knows any credentials as its own account. */
export const PLACE = { region: "us-east-1", account: "000000000000" } as const;

/**
 * Starts MiniStack, an AWS emulator from PyPI, on a free port and without any data.
 * @param enforceIam whether each call is checked against the policies of its role
 * @returns its endpoint, and the environment in which the AWS SDKs and the CDK CLI use it
 */
export const startMiniStack = async (enforceIam: boolean) => {
  const python = await cached(`ministack-${VERSION}`, async (folder) => {
    await run("python3", ["-m", "venv", folder]);
    await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", `ministack==${VERSION}`]);
  });
  const folder = await mkdtemp(join(tmpdir(), "ministack-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const settings = {
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    // The host that its APIs are found at: the one in the URLs that the template makes of `AWS::URLSuffix`.
    MINISTACK_HOST: `${PLACE.region}.amazonaws.com`,
    AUTH: String(enforceIam),
    TMPDIR: folder,
  };
  // A virtual environment may be moved as long as its programs are started by its interpreter.
  const server = await startServer(join(python, "bin/python"), ["-m", "ministack"], `${endpoint}/_ministack/health`, {
    env: { ...process.env, ...settings },
  });
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: PLACE.region,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      CDK_DISABLE_CLI_TELEMETRY: "true",
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
