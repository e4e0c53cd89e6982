import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { App, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Code, Function as Lambda, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { expect, onTestFinished, test } from "vitest";
import type { LogEntry } from "../../local/log.ts";
import { startRuntime } from "../../local/runtime.ts";
import type { Template } from "../support/roomcast.ts";

const cdkJson = new URL("../../cdk.json", import.meta.url);

/** An app as CDK users write it: a rule, its function, and a queue for what neither could do. */
const synthesizeApp = (bundle: string, change: (template: Template) => void) => async (outdir: string) => {
  const { context } = JSON.parse(await readFile(cdkJson, "utf8"));
  const app = new App({ outdir, context, builtinCloudFormationValidation: false });
  const stack = new Stack(app, "Orders");
  const failed = new Queue(stack, "failed", { enforceSSL: true });
  const undelivered = new Queue(stack, "undelivered");
  const taker = new Lambda(stack, "take", {
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromAsset(bundle),
    handler: "take.handler",
    timeout: Duration.seconds(20),
    onFailure: new SqsDestination(failed),
    retryAttempts: 0,
    maxEventAge: Duration.hours(1),
  });
  new Rule(stack, "ordered", {
    eventPattern: { source: ["shop"] },
    targets: [
      new LambdaFunction(taker, { deadLetterQueue: undelivered, maxEventAge: Duration.hours(2), retryAttempts: 3 }),
    ],
  });
  new CfnOutput(stack, "FailedUrl", { value: failed.queueUrl });
  new CfnOutput(stack, "UndeliveredUrl", { value: undelivered.queueUrl });
  const { templateFullPath, template } = app.synth().getStackByName("Orders");
  change(template);
  await writeFile(templateFullPath, JSON.stringify(template));
};

const temporary = async () => {
  const folder = await mkdtemp(join(tmpdir(), "event-targets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The app, running, with this as its function's body. */
const startWith = async (body: string, change: (template: Template) => void = () => {}, data?: string) => {
  const [bundle, folder] = [await temporary(), data ?? (await temporary())];
  await writeFile(join(bundle, "take.mjs"), `export const handler = async (event) => { ${body} };`);
  const logged: LogEntry[] = [];
  const runtime = await startRuntime({
    port: 0,
    data: folder,
    fresh: false,
    log: (entry) => void logged.push(entry),
    synthesize: synthesizeApp(bundle, change),
  });
  const client = { endpoint: runtime.origin, region: "us-east-1", credentials: runtime.operator, maxAttempts: 1 };
  const [bus, queues] = [new EventBridgeClient(client), new SQSClient(client)];
  const stop = () => {
    bus.destroy();
    queues.destroy();
    return runtime.stop();
  };
  onTestFinished(stop);
  return {
    stop,
    logged,
    said: () => logged.map(({ message }) => message),
    put: () =>
      bus.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "Ordered", Detail: '{"n":1}' }] })),
    /** The next message of a queue, waited for. */
    next: async (output: "FailedUrl" | "UndeliveredUrl") => {
      const receive = { QueueUrl: runtime.outputs[output], WaitTimeSeconds: 10, MessageAttributeNames: ["All"] };
      const { Messages: [message] = [] } = await queues.send(new ReceiveMessageCommand(receive));
      const attributes = Object.entries(message?.MessageAttributes ?? {});
      return {
        body: JSON.parse(message?.Body ?? "null"),
        attributes: Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue])),
      };
    },
  };
};

const SAY = "console.log('took ' + event['detail-type'] + ' ' + event.detail.n)";
const withoutAction = (template: Template, action: string) => {
  for (const { Properties } of Object.values(template.Resources))
    for (const statement of Properties?.PolicyDocument?.Statement ?? [])
      if (statement.Effect === "Allow" && !Properties.Queues) {
        const left = [statement.Action].flat().filter((each: string) => each !== action);
        statement.Action = left.length > 0 ? left : ["sqs:ListQueues"];
      }
};

test("a rule's function is invoked with the event", async () => {
  const { put, said } = await startWith(SAY);
  await put();
  await expect.poll(said, { timeout: 10_000 }).toContainEqual(expect.stringContaining("took Ordered 1"));
});

test("an event that its function failed at is in the function's queue, and not in the rule's", async () => {
  const { put, next, said } = await startWith("throw new RangeError('no ' + event.detail.n)");
  await put();
  const { body } = await next("FailedUrl");
  expect(body).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
    requestPayload: { source: "shop", "detail-type": "Ordered", detail: { n: 1 } },
    responsePayload: { errorType: "RangeError", errorMessage: "no 1" },
  });
  expect(said()).not.toContainEqual(expect.stringContaining("could not be delivered"));
});

test("without its permission the event is in the rule's dead-letter queue, at once", async () => {
  const { put, next, said } = await startWith(SAY, ({ Resources }) => {
    for (const [id, { Type }] of Object.entries(Resources))
      if (Type === "AWS::Lambda::Permission") delete Resources[id];
  });
  await put();
  const { body, attributes } = await next("UndeliveredUrl");
  expect(body).toMatchObject({ detail: { n: 1 } });
  expect(attributes).toMatchObject({
    ERROR_CODE: "NO_PERMISSIONS",
    ERROR_MESSAGE: expect.stringMatching(
      /^User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction .* no resource-based policy/,
    ),
    RETRY_ATTEMPTS: "0",
  });
  expect(said()).not.toContainEqual(expect.stringContaining("took"));
});

test("a permission for another rule is none", async () => {
  const { put, next } = await startWith(SAY, ({ Resources }) => {
    for (const { Type, Properties } of Object.values(Resources))
      if (Type === "AWS::Lambda::Permission") Properties.SourceArn = "arn:aws:events:us-east-1:000000000000:rule/other";
  });
  await put();
  expect((await next("UndeliveredUrl")).attributes).toMatchObject({ ERROR_CODE: "NO_PERMISSIONS" });
});

test("without sqs:SendMessage in the function's role the record is lost, and the log names the permission", async () => {
  const { put, said } = await startWith("throw new Error('no')", (template) =>
    withoutAction(template, "sqs:SendMessage"),
  );
  await put();
  await expect.poll(said, { timeout: 10_000 }).toContainEqual(expect.stringContaining("its record could not be sent"));
  expect(said()).toContainEqual(expect.stringMatching(/is not authorized to perform: sqs:SendMessage/));
});

test("an event whose function runs as the runtime stops comes again after the next start", async () => {
  const data = await temporary();
  const first = await startWith(`${SAY}; await new Promise(() => {});`, undefined, data);
  await first.put();
  await expect.poll(first.said, { timeout: 10_000 }).toContainEqual(expect.stringContaining("took Ordered 1"));
  await first.stop();

  const second = await startWith(SAY, undefined, data);
  await expect.poll(second.said, { timeout: 15_000 }).toContainEqual(expect.stringContaining("took Ordered 1"));
});

test("a function's target with a role is refused by the rule's name", async () => {
  const started = startWith(SAY, ({ Resources }) => {
    for (const { Type, Properties } of Object.values(Resources))
      if (Type === "AWS::Events::Rule") Properties.Targets[0].RoleArn = "arn:aws:iam::000000000000:role/any";
  });
  await expect(started).rejects.toThrow(/functions without a RoleArn.*\n.*\(AWS::Events::Rule\): the target Target0/);
});
