import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LOG_BYTES } from "../../../bench/cost/deployment.ts";
import { startRoomcast } from "../../support/roomcast.ts";

const MESSAGES = 10;
/** What CloudWatch adds to each line that it charges for. */
const LINE_BYTES = 26;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  roomcast = await startRoomcast();
  logs = new CloudWatchLogsClient(roomcast.client);
  const [ann, bob] = [await roomcast.connect({ room: "lobby" }), await roomcast.connect({ room: "lobby" })];
  for (let n = 1; n <= MESSAGES; n++) {
    await ann.ask({ message: "publish", room: "lobby", data: n });
    await bob.next({ type: "message", data: n });
    await ann.ask({ message: "ping" });
  }
});
afterAll(async () => {
  logs.destroy();
  await roomcast.stop();
});

/** The bytes that a function has logged. */
const loggedBy = async (name: string): Promise<number> => {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const { logGroupName } = logGroups.find((group) => group.logGroupName?.includes(`functions${name}logs`)) ?? {};
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.reduce((sum, { message = "" }) => sum + Buffer.byteLength(message) + LINE_BYTES, 0);
};

test.each([
  ["publish", LOG_BYTES.publish],
  ["receipts", LOG_BYTES.receipts],
])("%s logs the bytes that are paid for", async (name, bytes) => {
  // Numbers in a line have more digits or fewer.
  await expect.poll(async () => Math.abs((await loggedBy(name)) / MESSAGES / bytes - 1)).toBeLessThan(0.05);
});

test.each([
  ["post", LOG_BYTES.post],
  ["ping", LOG_BYTES.route],
])("%s logs nothing of what succeeds", async (name, bytes) => {
  expect(await loggedBy(name)).toBe(bytes * MESSAGES);
});
