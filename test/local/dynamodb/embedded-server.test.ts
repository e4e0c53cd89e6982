import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { systemClock } from "../../../local/clock.ts";
import { startEmbeddedServer } from "../../../local/dynamodb/embedded-server.ts";
import { emptyFolder, start } from "./start.ts";

/** The process that serves a folder. */
const processOf = async (directory: string) => {
  const { stdout } = await promisify(execFile)("pgrep", ["-P", String(process.pid), "-f", directory]);
  return Number(stdout);
};
const scan = new ScanCommand({ TableName: "books" });

test("a server that dies is not replaced: it is logged, and calls answer InternalServerError", async () => {
  const directory = await emptyFolder();
  const { client, logged, stop } = await start({ directory });
  await client.send(scan);
  process.kill(await processOf(directory), "SIGKILL");
  await expect
    .poll(() => logged)
    .toEqual([
      {
        level: "error",
        from: "dynamodb",
        message: expect.stringContaining("its process ended with SIGKILL"),
      },
    ]);
  for (let call = 0; call < 3; call++)
    await expect(client.send(scan)).rejects.toMatchObject({
      name: "InternalServerError",
      $metadata: { httpStatusCode: 500 },
    });
  await stop();
});

test("a server that is stopped leaves no process and says nothing", async () => {
  const directory = await emptyFolder();
  const { stop, logged } = await start({ directory });
  const pid = await processOf(directory);
  await stop();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(logged).toEqual([]);
});

test("Ctrl-C, which reaches every process of the terminal, leaves the server to its owner", async () => {
  const directory = await emptyFolder();
  const { client } = await start({ directory });
  const pid = await processOf(directory);
  for (const signal of ["SIGINT", "SIGTERM"]) process.kill(pid, signal);
  await client.send(
    new PutItemCommand({ TableName: "books", Item: { author: { S: "Lem" }, title: { S: "Solaris" } } }),
  );
  expect((await client.send(scan)).Count).toBe(1);
});

test("a caller that breaks off in the middle of its request does not take the server with it", async () => {
  const directory = await emptyFolder();
  const log = () => {};
  const needs = { directory, region: "us-east-1", account: "123456789012", clock: systemClock, log };
  const server = await startEmbeddedServer(needs);
  const { port } = new URL(server.endpoint);
  const socket = connect(Number(port), "127.0.0.1");
  await new Promise<void>((sent) =>
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{", () => sent()),
  );
  await fetch(server.endpoint);
  socket.resetAndDestroy();
  for (let turn = 0; turn < 20; turn++) expect((await fetch(server.endpoint)).status).toBe(200);
  await server.stop();
});

test("a folder in use by another process is refused by its name", async () => {
  const directory = await emptyFolder();
  await start({ directory });
  // Five seconds of patience, each half second of which passes at once.
  const clock = { now: () => 0, after: (ms: number, task: () => void) => systemClock.after(ms === 500 ? 0 : ms, task) };
  await expect(start({ directory, clock })).rejects.toThrow(
    `The tables' folder ${directory} is in use by another process`,
  );
});
