import { randomBytes, randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { createWebSocketApis } from "./apigateway/websocket-apis.ts";
import type { AwsService, CallService } from "./aws/service.ts";
import type { Clock } from "./clock.ts";
import { providersOf } from "./cloudformation/providers.ts";
import type { Stack } from "./cloudformation/stack.ts";
import { createCloudWatch } from "./cloudwatch/cloudwatch.ts";
import { resourceTypes as cloudWatchTypes } from "./cloudwatch/resources.ts";
import type { DataFolder } from "./data-folder.ts";
import { resourceTypes as dynamoDb } from "./dynamodb/resources.ts";
import { createTables } from "./dynamodb/tables.ts";
import { eventTargets, refuseOtherTargets } from "./event-targets.ts";
import { archiveType } from "./eventbridge/archive/resource.ts";
import { createEventBuses } from "./eventbridge/event-buses.ts";
import { resourceTypes as eventBridge } from "./eventbridge/resources.ts";
import type { Faults } from "./faults/faults.ts";
import { createCallService } from "./http/call-service.ts";
import type { Iam } from "./iam/iam.ts";
import { eventInvokeConfig } from "./lambda/event-invoke-config.ts";
import { createFunctions } from "./lambda/functions.ts";
import { speakers } from "./lambda/label.ts";
import { lambdaFunction } from "./lambda/resources.ts";
import { PLACE } from "./load-app.ts";
import type { Log } from "./log.ts";
import { createLogs } from "./logs/logs.ts";
import { logGroup, queryDefinition } from "./logs/resources.ts";
import { createRunRecord } from "./record/create-record.ts";
import { keysOf } from "./record/keys.ts";
import { noRecord } from "./record/no-record.ts";
import { createSendMessage } from "./send-message.ts";
import { createQueues } from "./sqs/queues.ts";
import { resourceTypes as sqs } from "./sqs/resources.ts";
import { resourceTypes as stepFunctions } from "./stepfunctions/resources.ts";
import { createStateMachines } from "./stepfunctions/state-machines.ts";
import { createSampler } from "./xray/sampler.ts";
import { createXRay } from "./xray/xray.ts";

interface Needs {
  readonly stack: Stack;
  readonly iam: Iam;
  readonly folder: DataFolder;
  readonly clock: Clock;
  /** The clock of the state machines. */
  readonly executionClock: Clock;
  /** An outside DynamoDB; without it, the embedded one. */
  readonly dynamodb: string | undefined;
  readonly log: Log;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Whether to record what happens. */
  readonly recording: boolean;
  /** The origin of the one port; known once it listens. */
  origin(): string;
  /** Takes what ends a service that has started; ended in reverse order. */
  onStop(end: () => Promise<void>): void;
  /** Closes the one port, which the functions reach the services by. */
  closePort(): Promise<void>;
}

/** Starts the services behind the one port, each for what the template declares of it. */
export const startServices = async ({
  stack,
  iam,
  folder,
  clock,
  executionClock,
  dynamodb,
  log,
  faults,
  recording,
  origin,
  onStop,
  closePort,
}: Needs) => {
  const record = recording ? await createRunRecord({ directory: folder.of("record"), clock, log }) : noRecord;
  onStop(record.stop);

  const cloudWatch = createCloudWatch({
    alarms: stack.ofType(cloudWatchTypes["AWS::CloudWatch::Alarm"]),
    dashboards: stack.ofType(cloudWatchTypes["AWS::CloudWatch::Dashboard"]),
    place: PLACE,
    clock,
    log,
  });
  onStop(async () => cloudWatch.stop());
  const common = {
    ...PLACE,
    place: PLACE,
    clock,
    log,
    faults,
    putMetric: cloudWatch.put,
    record: recording ? record.write : undefined,
    newId: randomUUID,
    random: Math.random,
    endpoint: origin,
  };
  const functionResources = stack.ofType(lambdaFunction);
  const providers = providersOf(stack.resources.values());
  const rules = stack.ofType(eventBridge["AWS::Events::Rule"]);
  refuseOtherTargets(rules);

  const tables = await createTables({
    ...common,
    endpoint: dynamodb,
    tables: stack.ofType(dynamoDb["AWS::DynamoDB::Table"]),
    directory: folder.of("dynamodb"),
  });
  onStop(tables.stop);

  const queues = await createQueues({
    ...common,
    queues: stack.ofType(sqs["AWS::SQS::Queue"]),
    directory: folder.of("sqs"),
  });
  onStop(queues.stop);

  const xray = createXRay({
    log,
    onDocument: (document, text) =>
      common.record?.(
        { at: clock.now(), kind: "segment", source: String(document.origin ?? "subsegment"), body: text },
        keysOf(document),
      ),
  });
  await xray.listen();
  onStop(xray.close);

  onStop(closePort);
  const logs = createLogs({
    ...common,
    groups: stack.ofType(logGroup),
    queries: stack.ofType(queryDefinition),
    speaker: speakers(functionResources),
    takeMetrics: cloudWatch.takeEmbedded,
    recorded: record.latest,
  });
  // State machines and functions are among the services that they call.
  let call: CallService;
  const callService: CallService = (...called) => call(...called);
  const sendMessage = createSendMessage(callService);
  const functions = createFunctions({
    ...common,
    functions: functionResources,
    providers,
    eventInvokeConfigs: stack.ofType(eventInvokeConfig),
    sendRecord: (queueArn, body, principal) => sendMessage(queueArn, { body }, principal),
    // A worker costs tens of megabytes, and more of them than four times the processors only take turns.
    maxConcurrency: Math.max(8, 4 * availableParallelism()),
    // Half of them wait for an answer of this process while the other half computes.
    quickConcurrency: 2 * availableParallelism(),
    assetDirectory: stack.assetDirectory,
    authorize: iam.authorize,
    assume: iam.assume,
    credentialsFor: iam.credentialsFor,
    randomHex,
    writeLog: logs.write,
    xrayAddress: xray.address,
    recordSegment: xray.record,
  });
  onStop(functions.stop);

  const machines = stack.ofType(stepFunctions["AWS::StepFunctions::StateMachine"]);
  // As it creates a machine, Step Functions takes its role on (awsdocs/aws-step-functions-developer-guide, issue 23).
  for (const { properties, attribute } of machines)
    iam.assume("states.amazonaws.com", properties.RoleArn, attribute("Arn"));
  const stateMachines = createStateMachines({
    ...common,
    clock: executionClock,
    machines,
    callService,
    invoke: functions.invoke,
    writeLog: logs.write,
    tracing: { now: clock.now, randomHex, sample: createSampler(common), record: xray.record },
  });
  onStop(stateMachines.stop);

  const buses = await createEventBuses({
    ...common,
    ...eventTargets({ iam, sendMessage, stateMachines, functions }),
    buses: stack.ofType(eventBridge["AWS::Events::EventBus"]),
    rules,
    archives: stack.ofType(archiveType),
    directory: folder.of("eventbridge"),
  });
  onStop(buses.stop);
  const services: AwsService[] = [
    tables.service,
    queues.service,
    stateMachines.service,
    buses.service,
    cloudWatch.service,
    logs.service,
  ];
  call = createCallService({ services, authorize: iam.authorize });

  const webSocketApis = createWebSocketApis({
    ...common,
    resources: [...stack.resources.values()],
    invoke: functions.invoke,
    writeLog: logs.write,
    kill: () => process.kill(process.pid, "SIGKILL"),
  });
  onStop(webSocketApis.close);

  const runnable = functionResources.filter(({ attribute }) => !providers.has(attribute("Arn")));
  return { services, callService, functions, runnable, buses, webSocketApis, xray, record };
};

/** A string of so many random hex digits. */
const randomHex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
