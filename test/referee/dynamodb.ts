import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../local/clock.ts";
import { startEmbeddedServer } from "../../local/dynamodb/embedded-server.ts";

/**
 * The DynamoDB that the tests are run against: the one that the environment variable DYNAMODB names, or else the
 * embedded one, so that where the two differ shows.
 */
export const startDynamoDb = async () => {
  const endpoint = process.env.DYNAMODB;
  if (endpoint) return { endpoint, stop: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), "referee-"));
  const place = { region: "us-east-1", account: "000000000000" };
  const server = await startEmbeddedServer({ directory, ...place, clock: systemClock, log: () => {} });
  return {
    endpoint: server.endpoint,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
