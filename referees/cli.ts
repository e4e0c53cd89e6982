/** `npm run referee:cli`: an AWS CLI looks into a running Roomcast. */
import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connectMember } from "../test/support/member.ts";
import { startWithAwsCli } from "./aws-cli.ts";
import { soon } from "./talk.ts";
import { createVerdicts } from "./verdicts.ts";

const { holds, unexpected } = createVerdicts((line) => process.stdout.write(line));
const { aws, origin, folder, stop } = await startWithAwsCli();
const ann = await connectMember(`${origin.replace("http", "ws")}/dev`, { room: "lobby", name: "Ann" });

/** The first that a JMESPath query finds in one of a service's lists. */
const find = (service: string, list: string, query: string) => aws(service, list, "--query", `${query} | [0]`);

/** The detail of a message to the lobby. */
const posted = (data: string) => ({
  id: "01JG0000000000000000000000",
  room: "lobby",
  seq: 1,
  from: { id: "cli", name: "CLI" },
  data,
  received: Date.now(),
  sender: "nobody=",
  trace: "Root=1-69000000-000000000000000000000001;Sampled=0",
});
const connections = async () => {
  const table = await find("dynamodb", "list-tables", "TableNames[?contains(@, 'tablesconnections')]");
  return (await aws("dynamodb", "scan", "--table-name", table)).Items;
};

try {
  const machines = "stateMachines[?contains(name, 'roomfanout')].stateMachineArn";
  const machine = await find("stepfunctions", "list-state-machines", machines);
  await holds("dynamodb scan finds who is in the room", async () => {
    deepStrictEqual(
      (await connections()).map((row: { room: unknown }) => row.room),
      [{ S: "lobby" }],
    );
  });
  await holds("events put-events delivers a message", async () => {
    const EventBusName = await find("events", "list-event-buses", "EventBuses[?starts_with(Name, 'Roomcast')].Name");
    const event = { EventBusName, Source: "roomcast", DetailType: "MessagePosted" };
    const entries = JSON.stringify([{ ...event, Detail: JSON.stringify(posted("by event")) }]);
    deepStrictEqual((await aws("events", "put-events", "--entries", entries)).FailedEntryCount, 0);
    await soon("The message", ann.next({ type: "message", data: "by event" }));
  });
  await holds("stepfunctions start-execution delivers a message", async () => {
    const input = JSON.stringify({ detail: posted("by hand") });
    await aws("stepfunctions", "start-execution", "--state-machine-arn", machine, "--input", input);
    await soon("The message", ann.next({ type: "message", data: "by hand" }));
  });
  await holds("stepfunctions start-sync-execution waits for the end", async () => {
    const input = JSON.stringify({ detail: posted("and wait") });
    const options = ["--state-machine-arn", machine, "--input", input];
    deepStrictEqual((await aws("stepfunctions", "start-sync-execution", ...options)).status, "SUCCEEDED");
  });
  await holds("stepfunctions list-executions is refused for an Express machine", async () => {
    const listed = aws("stepfunctions", "list-executions", "--state-machine-arn", machine);
    await rejects(listed, /\(StateMachineTypeNotSupported\) when calling the ListExecutions operation/);
  });
  await holds("sqs receive-message takes what send-message sent", async () => {
    const queue = await find("sqs", "list-queues", "QueueUrls[?contains(@, 'undelivered')]");
    await aws("sqs", "send-message", "--queue-url", queue, "--message-body", "hello");
    const { Messages } = await aws("sqs", "receive-message", "--queue-url", queue, "--wait-time-seconds", "5");
    deepStrictEqual(Messages[0].Body, "hello");
  });
  await holds("logs filter-log-events finds a message's lines by its id", async () => {
    const { id } = await ann.ask({ message: "publish", data: "hello" });
    const groups = "logGroups[?contains(logGroupName, 'publishlogs')].logGroupName";
    const group = await find("logs", "describe-log-groups", groups);
    const pattern = `{ $.correlation_id = "${id}" }`;
    const options = ["--log-group-name", group, "--filter-pattern", pattern];
    const { events } = await aws("logs", "filter-log-events", ...options);
    match(events[0].message, new RegExp(id));
    const { logStreams } = await aws("logs", "describe-log-streams", "--log-group-name", group);
    deepStrictEqual(events[0].logStreamName, logStreams[0].logStreamName);
  });
  await holds("cloudwatch get-metric-statistics has what was delivered", async () => {
    const minute = (at: number) => new Date(Date.now() + at * 60_000).toISOString();
    const times = ["--start-time", minute(-30), "--end-time", minute(1), "--period", "3600"];
    const metric = ["--namespace", "Roomcast", "--metric-name", "Delivered", "--dimensions", "Name=Stage,Value=dev"];
    const { Datapoints } = await aws("cloudwatch", "get-metric-statistics", ...metric, ...times, "--statistics", "Sum");
    deepStrictEqual([Datapoints.length, Datapoints[0].Sum > 0], [1, true]);
  });
  await holds("cloudwatch describe-alarms shows the stack's alarms", async () => {
    const alarms = await aws("cloudwatch", "describe-alarms", "--alarm-name-prefix", "Roomcast-dev-time-to-last");
    match(alarms.MetricAlarms[0].StateValue, /^(OK|INSUFFICIENT_DATA|ALARM)$/);
  });
  await holds("xray get-trace-summaries finds a message's trace by its id", async () => {
    const { id } = await ann.ask({ message: "publish", data: "hello" });
    const now = Math.ceil(Date.now() / 1000);
    const time = ["--start-time", String(now - 3600), "--end-time", String(now)];
    const filter = ["--filter-expression", `annotation.messageId = "${id}"`];
    const [{ Id }] = (await aws("xray", "get-trace-summaries", ...time, ...filter)).TraceSummaries;
    const { Traces } = await aws("xray", "batch-get-traces", "--trace-ids", Id);
    match(JSON.stringify(Traces), new RegExp(id));
  });
  await holds("lambda invoke answers what the function returns", async () => {
    const event = join(folder, "answer.json");
    const payload = JSON.stringify({
      body: "hello",
      requestContext: { authorizer: { principalId: "guest" }, connectionId: "nobody=" },
    });
    const functions = "Functions[?Handler=='default.handler'].FunctionName";
    const name = await find("lambda", "list-functions", functions);
    const answer = await aws("lambda", "invoke", "--function-name", name, "--payload", payload, event);
    deepStrictEqual([answer.StatusCode, answer.FunctionError], [200, undefined]);
    match(await readFile(event, "utf8"), /BAD_FRAME/);
  });
  await holds("apigatewaymanagementapi post-to-connection reaches a client", async () => {
    const [{ connectionId }] = await connections();
    const options = ["--endpoint-url", `${origin}/dev`, "--connection-id", connectionId.S];
    await aws("apigatewaymanagementapi", "post-to-connection", ...options, "--data", '{"type":"by cli"}');
    await soon("The frame", ann.next({ type: "by cli" }));
  });
  await holds("a call without a signature is refused", () =>
    rejects(aws("dynamodb", "list-tables", "--no-sign-request"), /\(MissingAuthenticationTokenException\)/),
  );
} finally {
  ann.socket.terminate();
  await stop();
}
if (unexpected()) process.exitCode = 1;
