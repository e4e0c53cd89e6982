import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Roomcast } from "./steps.ts";

/** What somebody with the operator's credentials does to a running stack. */
export const operatorOf = (client: Roomcast["client"], patienceMs: number) => {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const sqs = new SQSClient(client);
  const events = new EventBridgeClient(client);
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
    putEvent,
    /** An event that the bus takes and Step Functions does not: it is over 256 KiB. */
    putTooLarge: (EventBusName: string) => putEvent(EventBusName, "MessagePosted", { data: "x".repeat(300_000) }),
    end: () => {
      for (const each of [tables, sqs, events]) each.destroy();
    },
  };
};
