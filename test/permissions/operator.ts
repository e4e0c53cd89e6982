import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Roomcast } from "./steps.ts";

const HOUR_MS = 60 * 60_000;
const ENDS = ["ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"] as const;

/** What somebody with the operator's credentials does to a running stack. */
export const operatorOf = (client: Roomcast["client"], patienceMs: number) => {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const sqs = new SQSClient(client);
  const events = new EventBridgeClient(client);
  const states = new SFNClient(client);
  const cloudWatch = new CloudWatchClient(client);
  const tableName = async (table: string) => {
    const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
    return TableNames.find((name) => name.includes(`tables${table}`));
  };
  const putEvent = async (EventBusName: string, DetailType: string, detail: object): Promise<void> => {
    const entry = { EventBusName, Source: "roomcast", DetailType, Detail: JSON.stringify(detail) };
    await events.send(new PutEventsCommand({ Entries: [entry] }));
  };
  return {
    /** Takes a number that no message gets. */
    takeNumber: async (room: string) => {
      const TableName = await tableName("rooms");
      const add = { UpdateExpression: "ADD seq :one", ExpressionAttributeValues: { ":one": 1 } };
      await tables.send(new UpdateCommand({ TableName, Key: { room }, ...add }));
    },
    putRows: async (...rows: Record<string, unknown>[]) => {
      const TableName = await tableName("connections");
      for (const Item of rows) await tables.send(new PutCommand({ TableName, Item }));
    },
    /** A message of a queue, waited for; undefined when none came. Others than the wanted are passed over. */
    // biome-ignore lint/suspicious/noExplicitAny: the body is of its sender's making
    receive: async (QueueUrl: string, isWanted: (body: any) => boolean = () => true) => {
      const WaitTimeSeconds = Math.ceil(patienceMs / 1000);
      for (;;) {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
        const body = Messages?.[0] && JSON.parse(Messages[0].Body!);
        if (body === undefined || isWanted(body)) return body;
      }
    },
    /** Whether all executions of the state machine of this name have ended, as its metrics say. */
    haveAllEnded: async (machine: string): Promise<boolean> => {
      const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
      const Value = stateMachines.find(({ name }) => name?.includes(machine))?.stateMachineArn;
      const query = (MetricName: string, index: number) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: { Namespace: "AWS/States", MetricName, Dimensions: [{ Name: "StateMachineArn", Value }] },
          Period: 60,
          Stat: "Sum",
        },
      });
      const { MetricDataResults = [] } = await cloudWatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(Date.now() - HOUR_MS),
          EndTime: new Date(Date.now() + HOUR_MS),
          MetricDataQueries: ["ExecutionsStarted", ...ENDS].map(query),
        }),
      );
      const [started = 0, ...ended] = MetricDataResults.map(({ Values = [] }) => Values.reduce((a, b) => a + b, 0));
      return started === ended.reduce((a, b) => a + b, 0);
    },
    putEvent,
    /** An event that the bus takes and Step Functions does not: it is over 256 KiB. */
    putTooLarge: (EventBusName: string) => putEvent(EventBusName, "MessagePosted", { data: "x".repeat(300_000) }),
    end: () => {
      for (const each of [tables, sqs, events, states, cloudWatch]) each.destroy();
    },
  };
};
