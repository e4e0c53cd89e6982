import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListStateMachinesCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withoutPresence } from "../permissions/presence-scenario.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { constantsIn, fieldsIn, valueAt } from "../support/saved-queries.ts";

const ROOM = "lobby";
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let logs: CloudWatchLogsClient;

/** A message is delivered to one and finds another gone, a publish is refused, a function and an execution fail. */
beforeAll(async () => {
  roomcast = await startRoomcast();
  logs = new CloudWatchLogsClient(roomcast.client);
  const gone = { connectionId: "AAAAAAAAAAAAAAA=", room: ROOM, slot: "0", connectedAt: 0, expiresAt: 4e9 };
  await roomcast.putRows("presence", withoutPresence(ROOM));
  await roomcast.putRows("connections", gone);
  const [ann, bob] = [await roomcast.connect({ room: ROOM }), await roomcast.connect({ room: ROOM })];
  await ann.ask({ message: "publish", room: ROOM, data: "what they say" });
  await bob.next({ type: "message" });
  await ann.ask({ message: "publish", room: "elsewhere", data: 1 });

  const lambda = new LambdaClient(roomcast.client);
  const { name: FunctionName } = roomcast.functions.find(({ handler }) => handler === "publish.handler")!;
  await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from("{}") }));
  lambda.destroy();
  const machines = new SFNClient(roomcast.client);
  const { stateMachines = [] } = await machines.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines)
    await machines.send(new StartExecutionCommand({ stateMachineArn, input: "{}" }));
  machines.destroy();
}, 120_000);
afterAll(async () => {
  logs.destroy();
  await roomcast.stop();
});

/** The lines of a log group that are JSON, as Logs Insights finds fields in them. */
const linesOf = async (logGroupName: string): Promise<unknown[]> => {
  const lines: unknown[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
    lines.push(...events.map(({ message = "" }) => (message.startsWith("{") ? JSON.parse(message) : {})));
  return lines;
};

test("every field and every text that a saved query names is in a line of the log groups that it is asked of", async () => {
  const { queryDefinitions = [] } = await logs.send(new DescribeQueryDefinitionsCommand({}));
  expect(queryDefinitions.map(({ name }) => name).sort()).toEqual(
    [
      "errors by kind",
      "executions that failed",
      "refused, and why",
      "slowest rooms",
      "this connection",
      "this message",
      "who is being pruned",
    ].map((name) => `Roomcast-dev/${name}`),
  );
  const missing = async () => {
    const found = await Promise.all(
      queryDefinitions.map(async ({ name, queryString = "", logGroupNames = [] }) => {
        const lines = (await Promise.all(logGroupNames.map(linesOf))).flat();
        const fields = fieldsIn(queryString).filter((field) =>
          lines.every((line) => valueAt(line, field) === undefined),
        );
        const texts = constantsIn(queryString).filter(({ field, text }) =>
          lines.every((line) => valueAt(line, field) !== text),
        );
        return [...fields, ...texts.map(({ field, text }) => `${field} = ${text}`)].map((what) => `${name}: ${what}`);
      }),
    );
    return found.flat();
  };
  await expect.poll(missing, { timeout: 30_000, interval: 500 }).toEqual([]);
});

test("nothing that people say to each other is in a log", async () => {
  const { queryDefinitions = [] } = await logs.send(new DescribeQueryDefinitionsCommand({}));
  const groups = new Set(queryDefinitions.flatMap(({ logGroupNames = [] }) => logGroupNames));
  const lines = (await Promise.all([...groups].map(linesOf))).flat().map((line) => JSON.stringify(line));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => line.includes("what they say"))).toEqual([]);
});
