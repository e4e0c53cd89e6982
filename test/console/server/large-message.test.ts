import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../../local/clock.ts";
import { createConsole } from "../../../local/console/console.ts";
import { createFaults } from "../../../local/faults/faults.ts";
import { createRunRecord } from "../../../local/record/create-record.ts";
import type { RunRecord } from "../../../local/record/record.ts";
import { startRoomcast } from "../../support/roomcast.ts";
import { ask } from "./ask.ts";
import { recordMessage, TEXT } from "./recorded-message.ts";

const ID = "01K0000000000000000LARGE00";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let directory: string;
let record: RunRecord;
let looking: ReturnType<typeof createConsole>;
let server: Server;
let origin: string;
beforeAll(async () => {
  roomcast = await startRoomcast();
  directory = await mkdtemp(join(tmpdir(), "record-"));
  record = await createRunRecord({ directory, clock: systemClock, log: () => {} });
  const machines = { fanOut: await machineNamed("fanoutroomfanout"), segment: await machineNamed("fanoutroomsegment") };
  recordMessage(record, { id: ID, received: Date.now() - 60_000, recipients: 10_000, segments: 14, machines });
  looking = createConsole({
    ...{ stackName: "Roomcast-dev", region: "us-east-1", outputs: roomcast.outputs, operator: roomcast.operator },
    ...{
      record,
      faults: createFaults({ seed: 1, faults: {} }),
      clock: systemClock,
      log: () => {},
      origin: () => roomcast.origin,
    },
  });
  server = createServer(looking.page).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await looking.stop();
  server.close();
  await record.stop();
  await roomcast.stop();
  await rm(directory, { recursive: true });
});

const machineNamed = async (part: string): Promise<string> => {
  const sfn = new SFNClient(roomcast.client);
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  sfn.destroy();
  return stateMachines.find(({ name }) => name!.includes(part))!.name!;
};

const story = async () => JSON.parse((await ask(origin, `/console/api/messages/${ID}`)).body);

test("a message to 10,000 members has a row for each, once", async () => {
  const { summary, recipients } = await story();
  expect(summary).toMatchObject({ room: "stadium", seq: 7, from: "Ann", state: "delivered" });
  expect(summary.receipt).toMatchObject({ recipients: 10_000, delivered: 10_000 });
  expect(recipients).toHaveLength(10_000);
  expect(new Set(recipients.map(({ connectionId }: { connectionId: string }) => connectionId)).size).toBe(10_000);
});

test("what its fourteen child executions did is counted together, in the states of the machine's definition", async () => {
  const { machines } = await story();
  const segment = machines.find(({ name }: { name: string }) => name === "Roomcast-dev-room-segment");
  expect(segment.executions).toBe(14);
  const byName = Object.fromEntries(segment.states.map((state: { name: string }) => [state.name, state]));
  expect(byName.Post).toMatchObject({ parent: "Post to each", type: "Task", entered: 10_000, longestMs: 31 });
  expect(byName["Keep what failed"]).toMatchObject({ entered: 0, totalMs: 0 });
});

test("it is small on the way, and what was said is not in it", async () => {
  const path = `/console/api/messages/${ID}`;
  const { headers } = await ask(origin, path, { headers: { "accept-encoding": "gzip" } });
  expect(headers["content-encoding"]).toBe("gzip");
  expect(Number(headers["content-length"])).toBeLessThan(200_000);
  expect((await ask(origin, path)).body).not.toContain(TEXT);
});
