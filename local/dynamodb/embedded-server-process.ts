/**
 * The process that the embedded DynamoDB runs in: `node embedded-server-process.ts <folder>`, forked by
 * embedded-server.ts; with an empty folder's name it keeps its data in memory. It says over the IPC channel where it listens or why it cannot, and ends, its data written,
 * when that channel closes: whatever becomes of its parent, even `kill -9`, no server is left behind holding
 * LevelDB's lock.
 */
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import type { ServerMessage } from "./embedded-server.ts";

const directory = process.argv[2] ?? "";
const tell = (message: ServerMessage) => process.connected && process.send?.(message);

const fail = (error: Error & { code?: string }) => {
  tell({ failed: { code: error.code ?? error.name, reason: error.message } });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
};

/** dynalite's own LevelDB, so that both are one version. */
const { Level } = createRequire(import.meta.resolve("dynalite"))("level");

/**
 * Reads on this thread. What LevelDB is asked for is in memory or in the page cache; the two changes of threads that a
 * read by way of libuv's pool takes cost more than the read, and every action reads its table's description too.
 */
const { get } = Level.prototype;
Level.prototype.get = async function (...read: unknown[]) {
  return this.status === "open" ? this.getSync(...read) : get.apply(this, read);
};

/**
 * Opens and closes the data once before dynalite does: dynalite opens it unseen and answers every later call with
 * "Database is closed", whatever the reason was.
 */
const tryToOpen = async () => {
  const level = new Level(directory);
  try {
    await level.open();
    await level.close();
  } catch (error) {
    throw error instanceof Error && error.cause ? error.cause : error;
  }
};

// Ctrl-C reaches the whole process group: our parent still needs its tables while it stops.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

// dynalite throws what it does not expect, a request that its caller gave up included; only that one is harmless.
process.on("uncaughtException", (error: Error & { code?: string }) => {
  if (error.code === "ECONNRESET") return;
  tell({ failed: { code: error.code ?? error.name, reason: error.message } });
  process.exit(1);
});

try {
  if (directory) await tryToOpen();
  const server = dynalite({ ...(directory && { path: directory }), createTableMs: 0 });
  process.on("disconnect", () => {
    server.close(() => process.exit());
    server.closeIdleConnections();
  });
  // Connections are kept for as long as the caller keeps them: it is one process on this machine.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1", () => tell({ port: (server.address() as AddressInfo).port }));
} catch (error) {
  fail(error as Error);
}
