import { readFileSync } from "node:fs";
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListStateMachinesCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { readFaultPlan } from "../../local/faults/plan.ts";
import { operatorOf } from "../permissions/operator.ts";
import { quickClock } from "../support/quick-clock.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { takeOut } from "../support/take-out.ts";

/**
 * Days of a Roomcast, on which together all happens that is measured. Each returns as soon as everything has been set
 * going; the caller stops it.
 */
export type Day = () => ReturnType<typeof startRoomcast>;

const ROOM = "lobby";
const TOO_LARGE = { data: "x".repeat(300_000) };

/** A message is delivered. Then everybody is asked for what they do not understand. */
export const goodDay: Day = async () => {
  const roomcast = await startRoomcast({ change: withoutRetries });
  const [ann, bob] = [await roomcast.connect({ room: ROOM }), await roomcast.connect({ room: ROOM })];
  await ann.ask({ message: "publish", room: ROOM, data: 1 });
  await bob.next({ type: "message" });
  await roomcast.connect({ room: "a name that is too long ".repeat(10) }).catch(() => {});

  const lambda = new LambdaClient(roomcast.client);
  for (const { name } of roomcast.functions)
    await lambda.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from("{}") }));
  lambda.destroy();
  await startEach(roomcast.client, () => ({}));
  return roomcast;
};

/** Posts hang, executions have no time, permissions have been taken away, and events are too large. */
export const badDay: Day = async () => {
  const roomcast = await startRoomcast({
    executionClock: quickClock(1_000),
    faults: readFaultPlan("post.hang=100%"),
    change: (template) => {
      withoutRetries(template);
      withoutPermissions(template);
    },
  });
  const [ann] = [await roomcast.connect({ room: ROOM }), await roomcast.connect({ room: ROOM })];
  ann.send({ message: "ping" });
  const message = { id: "1", room: ROOM, seq: 1, received: 0, sender: "nobody", trace: "" };
  const frame = { type: "message", ...message };
  await startEach(roomcast.client, (name) => {
    if (name.includes("presence")) return { "detail-type": "MembershipChanged", detail: { room: ROOM } };
    return name.includes("segment") ? { message, frame, from: "0", to: "g" } : { detail: message };
  });
  const operator = operatorOf(roomcast.client, 0);
  for (const kind of ["MessagePosted", "MembershipChanged"])
    await operator.putEvent(roomcast.outputs.EventBusName!, kind, TOO_LARGE);
  for (const kind of ["PublishRequested", "MessageDelivered", "KickRequested", "DisconnectRequested"])
    await operator.putEvent(roomcast.outputs.EventBusName!, kind, {});
  operator.end();
  return roomcast;
};

/** Everybody comes at once: the tables are throttled, and so are clients; a frame fails of it. */
export const hotDay: Day = async () => {
  const roomcast = await startRoomcast({
    faults: readFaultPlan("table.throttle=100%"),
    change: ({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === "AWS::ApiGatewayV2::Stage")
          // Connecting has a rate of its own.
          Properties.RouteSettings.$connect = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
    },
  });
  await Promise.all(Array.from({ length: 3 }, () => roomcast.connect().catch(() => {})));
  const tables = new DynamoDBClient(roomcast.client);
  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    const row = { room: { S: ROOM } };
    await tables.send(new GetItemCommand({ TableName, Key: row })).catch(() => {});
    await tables.send(new PutItemCommand({ TableName, Item: row })).catch(() => {});
  }
  tables.destroy();
  const lambda = new LambdaClient(roomcast.client);
  const { name } = roomcast.functions.find(({ handler }) => handler === "ping.handler")!;
  const Payload = readFileSync(new URL("../events/ping.json", import.meta.url));
  await lambda.send(new InvokeCommand({ FunctionName: name, Payload }));
  lambda.destroy();
  return roomcast;
};

const withoutRetries = ({ Resources }: Template): void => {
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === "AWS::Events::Rule")
      for (const target of Properties.Targets) target.RetryPolicy = { MaximumRetryAttempts: 0 };
};

/** What EventBridge needs to invoke functions and to fill its dead-letter queue, and API Gateway to call `ping`. */
const withoutPermissions = (template: Template): void => {
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    const isOfEvents = Type === "AWS::Lambda::Permission" && Properties.Principal === "events.amazonaws.com";
    const isOfPing = Type === "AWS::Lambda::Permission" && id.includes("pingRoute");
    const isOfNotStarted = Type === "AWS::SQS::QueuePolicy" && id.includes("notstarted");
    if (isOfEvents || isOfPing || isOfNotStarted) takeOut(template, id);
  }
};

const startEach = async (
  client: Awaited<ReturnType<Day>>["client"],
  inputOf: (machine: string) => object,
): Promise<void> => {
  const machines = new SFNClient(client);
  const { stateMachines = [] } = await machines.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn, name = "" } of stateMachines)
    await machines.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(inputOf(name)) }));
  machines.destroy();
};
