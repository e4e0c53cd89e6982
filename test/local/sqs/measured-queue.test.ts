import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { counted } from "../cloudwatch/counted.ts";
import { jobs, URL_IN_TEMPLATE as QueueUrl } from "./queues.ts";

test("what is sent, received and deleted is counted", async () => {
  const { putMetric, sums } = counted();
  const { client } = await jobs({ putMetric });
  await client.send(new ReceiveMessageCommand({ QueueUrl }));
  for (const MessageBody of ["one", "two"]) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
  expect(sums({ QueueName: "jobs" })).toMatchObject({
    NumberOfMessagesSent: 2,
    NumberOfMessagesReceived: Messages.length,
    NumberOfMessagesDeleted: 1,
    NumberOfEmptyReceives: 1,
  });
});

test("how full it is, is looked at every ten seconds", async () => {
  const looked: number[] = [];
  const { client, clock } = await jobs({
    putMetric: ({ name }, value) => void (name === "ApproximateNumberOfMessagesVisible" && looked.push(value)),
  });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "one" }));
  await clock.advance(20_000);
  expect(looked).toEqual([0, 1, 1]);
});
