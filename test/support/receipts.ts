import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import type { Template } from "./roomcast.ts";

/** Adds to a template what a backend of a user's would: a queue that gets every receipt, by a rule on the bus. */
export const withReceiptQueue = (template: Template): void => withQueueOf("MessageDelivered", template);

/** Adds a queue for another kind of event. @param detailType its `detail-type` */
export const withQueueOf = (detailType: string, { Resources }: Template, name = "receipts"): void => {
  const [bus] = Object.entries(Resources).find(([, { Type }]) => Type === "AWS::Events::EventBus")!;
  const queueArn = { "Fn::GetAtt": [`${name}Queue`, "Arn"] };
  Resources[`${name}Queue`] = { Type: "AWS::SQS::Queue", Properties: { QueueName: name } };
  Resources[`${name}QueuePolicy`] = {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: `${name}Queue` }],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
          },
        ],
      },
    },
  };
  Resources[`${name}Rule`] = {
    Type: "AWS::Events::Rule",
    Properties: {
      EventBusName: { Ref: bus },
      EventPattern: { source: ["roomcast"], "detail-type": [detailType] },
      State: "ENABLED",
      Targets: [{ Id: name, Arn: queueArn }],
    },
  };
};

/** Takes messages from a queue, by the end of its name, as they come. */
export const queueReader = (client: SQSClientConfig, url: string) => {
  const sqs = new SQSClient(client);
  return {
    /** The next message's body, waited for. */
    next: async () => {
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
        const [message] = Messages;
        if (!message) continue;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
        return JSON.parse(message.Body!);
      }
    },
    close: () => sqs.destroy(),
  };
};
