import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cached, freePort, run, startServer } from "./processes.ts";

const VERSION = "1.46.3";

const local = (file: string) => fileURLToPath(new URL(`../local/${file}`, import.meta.url));

/** Runs one command of the AWS CLI. @returns the JSON that it prints. @throws Error with what it says otherwise */
// biome-ignore lint/suspicious/noExplicitAny: each command prints something else
export type Aws = (...args: string[]) => Promise<any>;

/** Starts Roomcast without any data, and the AWS CLI in an environment that is made as docs/looking-in.md says. */
export const startWithAwsCli = async () => {
  const python = await cached(`awscli-${VERSION}`, async (folder) => {
    await run("python3", ["-m", "venv", folder]);
    await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", `awscli==${VERSION}`]);
  });
  const folder = await mkdtemp(join(tmpdir(), "referee-cli-"));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const options = ["--port", new URL(origin).port, "--data", folder];
  const server = await startServer(process.execPath, [local("main.ts"), ...options], `${origin}/healthz`);
  while (!(await fetch(`${origin}/healthz`)).ok) await sleep(100);
  const credentials = `"$(node '${local("credentials.ts")}' --data '${folder}')"`;
  const environment = JSON.parse(await run("sh", ["-c", `eval ${credentials}; node -p 'JSON.stringify(process.env)'`]));
  // Whoever runs this may have a configuration of their own.
  environment.AWS_CONFIG_FILE = join(folder, "none");
  const aws: Aws = async (service, ...args) => {
    // Version 1 of the CLI has an endpoint of its own for SQS, which only the command line replaces.
    const endpoint = service === "sqs" ? ["--endpoint-url", origin] : [];
    const command = ["-m", "awscli", service ?? "", ...args, ...endpoint, "--output", "json"];
    return JSON.parse((await run(join(python, "bin/python"), command, environment)) || "null");
  };
  return {
    aws,
    origin,
    /** A folder for what a command writes to a file. */
    folder,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
