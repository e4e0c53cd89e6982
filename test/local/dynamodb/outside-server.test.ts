import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { manualClock } from "../../support/manual-clock.ts";
import { start } from "./start.ts";

test("a server that takes calls and never answers is given up after ten seconds", async () => {
  const clock = manualClock();
  const server = createServer(() => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const called = once(server, "request");
  const starting = start({ endpoint, clock });
  const refused = expect(starting).rejects.toThrow(`There is no DynamoDB at ${endpoint}: no answer in 10 s`);
  await called;
  await clock.advance(10_000);
  await refused;
});
