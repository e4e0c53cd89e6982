import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import type { ResourceType } from "../../../local/cloudformation/resource-type.ts";
import { resourceTypes } from "../../../local/sqs/resources.ts";
import { declared } from "../../support/declared.ts";
import { ARN, directory, jobs, URL_IN_TEMPLATE } from "./queues.ts";

const QueueUrl = URL_IN_TEMPLATE;
const principal = { kind: "operator" } as const;

const send = (client: SQSClient, MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody }));

const receive = async (client: SQSClient, input: Partial<ReceiveMessageCommandInput> = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...input }))).Messages ?? [];

/** How many messages the queue holds, those in flight and delayed among them. */
const depth = async (client: SQSClient) => {
  const AttributeNames = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
  ] as const;
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

const bodies = (messages: { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe("a message", () => {
  test("has the trace header of the call that sent it, where it has none of its own", async () => {
    const { service, client } = await jobs();
    const context = { principal: { kind: "operator" }, traceHeader: "Root=1" } as const;
    await service.call("SendMessage", { QueueUrl, MessageBody: "hello" }, context);
    const [message] = await receive(client, { MessageSystemAttributeNames: ["AWSTraceHeader"] });
    expect(message?.Attributes).toEqual({ AWSTraceHeader: "Root=1" });
  });

  test("is received with the attributes that are asked for", async () => {
    const { client } = await jobs();
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: "hello",
        MessageAttributes: {
          colour: { DataType: "String", StringValue: "grün" },
          size: { DataType: "Number", StringValue: "1" },
          seal: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
        },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1" } },
      }),
    );
    const ask = { MessageAttributeNames: ["colour", "se.*"], AttributeNames: ["All" as const] };
    const [message] = await receive(client, ask);
    expect(message).toMatchObject({
      Body: "hello",
      Attributes: { ApproximateReceiveCount: "1", AWSTraceHeader: "Root=1" },
    });
    expect(message?.MessageAttributes).toEqual({
      colour: { DataType: "String", StringValue: "grün" },
      seal: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
    });
  });

  // The first digest is the one that other implementations pin, the second is reckoned apart from this code.
  test.each([
    [{ timestamp: { DataType: "Number", StringValue: "1493147359900" } }, "235c5c510d26fb653d073faed50ae77c"],
    [
      {
        b: { DataType: "String", StringValue: "two" },
        a: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
      },
      "d91d2ad1352db1d0c045ca77791977c0",
    ],
  ])("is sent and received with the digest of its attributes", async (MessageAttributes, digest) => {
    const { client } = await jobs();
    const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x", MessageAttributes }));
    const [message] = await receive(client, { MessageAttributeNames: ["All"] });
    expect([sent.MD5OfMessageAttributes, message?.MD5OfMessageAttributes]).toEqual([digest, digest]);
  });

  test("is hidden from others until its visibility timeout is over, and then received again", async () => {
    const { client, clock } = await jobs({ properties: { VisibilityTimeout: 30 } });
    await send(client, "job");
    expect(bodies(await receive(client))).toEqual(["job"]);
    await clock.advance(29_999);
    expect(await receive(client)).toEqual([]);
    await clock.advance(1);
    const [again] = await receive(client, { MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  });

  test("that was deleted does not come back", async () => {
    const { client, clock } = await jobs();
    await send(client, "job");
    const [message] = await receive(client);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await clock.advance(60_000);
    expect(await receive(client)).toEqual([]);
    expect(await depth(client)).toBe(0);
  });

  test("is not deleted by the handle of an earlier receive", async () => {
    const { client } = await jobs();
    await send(client, "job");
    const [first] = await receive(client, { VisibilityTimeout: 0 });
    await receive(client);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    expect(await depth(client)).toBe(1);
  });

  test("is given back by a visibility timeout of 0, once", async () => {
    const { client } = await jobs();
    await send(client, "job");
    const [message] = await receive(client);
    const giveBack = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(giveBack));
    await expect(client.send(new ChangeMessageVisibilityCommand(giveBack))).rejects.toMatchObject({
      name: "MessageNotInflight",
    });
    expect(bodies(await receive(client))).toEqual(["job"]);
  });

  test("appears after the queue's delay", async () => {
    const { client, clock } = await jobs({ properties: { DelaySeconds: 10 } });
    await send(client, "later");
    expect(await receive(client)).toEqual([]);
    await clock.advance(10_000);
    expect(bodies(await receive(client))).toEqual(["later"]);
  });

  test("is gone after the retention period", async () => {
    const { client, clock } = await jobs({ properties: { MessageRetentionPeriod: 60 } });
    await send(client, "old");
    await clock.advance(60_000);
    expect(await depth(client)).toBe(0);
    expect(await receive(client)).toEqual([]);
  });
});

describe("a long poll", () => {
  const poll = { QueueUrl, WaitTimeSeconds: 20 };

  test("ends with the message that arrives", async () => {
    const { service, client } = await jobs();
    const answer = service.call("ReceiveMessage", poll, { principal });
    await send(client, "now");
    expect(await answer).toMatchObject({ Messages: [{ Body: "now" }] });
  });

  test("ends with the message that becomes visible", async () => {
    const { client, clock, service } = await jobs({ properties: { VisibilityTimeout: 5 } });
    await send(client, "again");
    await receive(client);
    const answer = service.call("ReceiveMessage", poll, { principal });
    await clock.advance(5_000);
    expect(await answer).toMatchObject({ Messages: [{ Body: "again" }] });
  });

  test("ends empty when its time is over, its caller leaves, or the queues stop", async () => {
    const { clock, service, stop } = await jobs();
    const caller = new AbortController();
    const left = service.call("ReceiveMessage", poll, { principal, signal: caller.signal });
    const timedOut = service.call("ReceiveMessage", { ...poll, WaitTimeSeconds: 1 }, { principal });
    const stopped = service.call("ReceiveMessage", poll, { principal });
    await clock.advance(1_000);
    caller.abort();
    await stop();
    expect(await Promise.all([left, timedOut, stopped])).toEqual([{}, {}, {}]);
  });
});

test("a batch sends and deletes what it can and names what it can't", async () => {
  const { client } = await jobs({ properties: { MaximumMessageSize: 1_024 } });
  const sent = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "good", MessageBody: "x" },
        { Id: "long", MessageBody: "y".repeat(1_025) },
      ],
    }),
  );
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["good"]);
  expect(sent.Failed).toMatchObject([{ Id: "long", Code: "InvalidParameterValue", SenderFault: true }]);
  const [message] = await receive(client);
  const Entries = [
    { Id: "one", ReceiptHandle: message?.ReceiptHandle },
    { Id: "bad", ReceiptHandle: "nonsense" },
  ];
  const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  expect(deleted.Failed).toMatchObject([{ Id: "bad", Code: "ReceiptHandleIsInvalid" }]);
  expect(await depth(client)).toBe(0);
});

test("the queue is found, listed, described and purged", async () => {
  const { client } = await jobs();
  const url = "http://127.0.0.1:3000/123456789012/jobs";
  expect((await client.send(new GetQueueUrlCommand({ QueueName: "jobs" }))).QueueUrl).toBe(url);
  expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: "jo" }))).QueueUrls).toEqual([url]);
  await send(client, "a");
  await send(client, "b");
  await receive(client, { MaxNumberOfMessages: 1 });
  const AttributeNames = ["QueueArn", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const described = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
  expect(described.Attributes).toEqual({
    QueueArn: ARN,
    ApproximateNumberOfMessages: "1",
    ApproximateNumberOfMessagesNotVisible: "1",
  });
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  expect(await depth(client)).toBe(0);
});

describe("refused as SQS does", () => {
  test("a queue that does not exist", async () => {
    const { client } = await jobs();
    await expect(client.send(new GetQueueUrlCommand({ QueueName: "none" }))).rejects.toThrow(QueueDoesNotExist);
    const elsewhere = new SendMessageCommand({ QueueUrl: `${QueueUrl}-none`, MessageBody: "x" });
    await expect(client.send(elsewhere)).rejects.toThrow(QueueDoesNotExist);
  });

  test("a receipt handle that never was", async () => {
    const { client } = await jobs();
    const deletion = client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "nonsense" }));
    await expect(deletion).rejects.toThrow(ReceiptHandleIsInvalid);
  });

  test.each([
    ["a message over the queue's size", { MessageBody: "x".repeat(1_025) }, "InvalidParameterValue"],
    ["a message without a body", { MessageBody: "" }, "MissingParameter"],
    ["characters that XML has not", { MessageBody: "\u0000" }, "InvalidMessageContents"],
    ["a delay over 15 minutes", { MessageBody: "x", DelaySeconds: 901 }, "InvalidParameterValue"],
    [
      "an attribute without a value",
      { MessageBody: "x", MessageAttributes: { a: { DataType: "String" } } },
      "InvalidParameterValue",
    ],
  ])("%s", async (_what, input, name) => {
    const { service } = await jobs({ properties: { MaximumMessageSize: 1_024 } });
    await expect(service.call("SendMessage", { QueueUrl, ...input }, { principal })).rejects.toMatchObject({ name });
  });
});

test.each([{ FifoQueue: true }, { RedrivePolicy: {} }])("a queue with %o is refused by that name", (property) => {
  const [name] = Object.keys(property);
  expect(() => declared(resourceTypes["AWS::SQS::Queue"], "Jobs", property)).toThrow(name);
});

test("a queue's Ref is its URL on AWS, and GetAtt gives its ARN", () => {
  const types: Record<string, ResourceType> = resourceTypes;
  const queue = declared(types["AWS::SQS::Queue"]!, "Jobs", { QueueName: "jobs" });
  expect([queue.ref, queue.attribute("Arn")]).toEqual([URL_IN_TEMPLATE, ARN]);
});

test.each([
  ["SendMessageBatch", "sqs:SendMessage", ARN],
  ["ReceiveMessage", "sqs:ReceiveMessage", ARN],
  ["ListQueues", "sqs:ListQueues", "*"],
])("%s needs leave for %s", async (call, action, resource) => {
  const { service } = await jobs();
  expect(service.permissions(call, { QueueUrl })).toEqual([{ action, resource }]);
});

test("after a restart, what was not deleted is there and what was received is visible again", async () => {
  const kept = await directory();
  const before = await jobs({ kept });
  await send(before.client, "deleted");
  await send(before.client, "received");
  const [first] = await receive(before.client);
  await before.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  await before.stop();
  const after = await jobs({ kept });
  expect(bodies(await receive(after.client))).toEqual(["received"]);
});
