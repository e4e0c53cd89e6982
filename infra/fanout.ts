import { Duration, Lazy } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENVIRONMENT, ROOM_INDEX } from "../functions/contracts/environment.ts";
import { EVENT_SOURCE, MESSAGE_DELIVERED, MESSAGE_POSTED } from "../functions/contracts/events.ts";
import type { Config } from "./config.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import { expressMachine } from "./express-machine.ts";
import { permissions } from "./table.ts";
import type { Tables } from "./tables.ts";

interface FanoutProps {
  readonly config: Config;
  readonly tables: Tables;
  /** The step that posts one message to one connection. */
  readonly post: Lambda;
}

/** From the bus to the members: the rule, the state machines, and the queues for what neither could do. */
export class Fanout extends Construct {
  readonly bus: EventBus;
  /** The kinds of events that each function may put. */
  readonly #putBy = new Map<Lambda, string[]>();
  /** What failed for good: posts after their last retry, and executions that could not be started. */
  readonly deadLetters: { readonly UndeliveredQueueUrl: Queue; readonly NotStartedQueueUrl: Queue };

  constructor(scope: Construct, id: string, { config, tables, post }: FanoutProps) {
    super(scope, id);
    this.bus = new EventBus(this, "bus", { eventBusName: `${scope.node.id}-bus` });
    const undelivered = deadLetterQueue(this, "undelivered");
    const notStarted = deadLetterQueue(this, "not-started");
    this.deadLetters = { UndeliveredQueueUrl: undelivered, NotStartedQueueUrl: notStarted };

    const posting = {
      ConnectionsTable: tables.connections.tableName,
      RoomIndex: ROOM_INDEX,
      PostFunction: post.functionArn,
      DeadLetterQueueUrl: undelivered.queueUrl,
    };
    const segment = expressMachine(this, "room-segment", posting);
    const machine = expressMachine(this, "room-fanout", {
      ...posting,
      SegmentMachine: segment.stateMachineArn,
      FanoutWidth: String(config.fanoutWidth),
      RoomsTable: tables.rooms.tableName,
      RoomRate: String(config.roomRecipientsPerSecond),
      RoomMessageRate: String(config.roomMessagesPerSecond),
      EventBusName: this.bus.eventBusName,
      EventSource: EVENT_SOURCE,
      MessageDelivered: MESSAGE_DELIVERED,
    });
    for (const { role } of [machine, segment]) {
      for (const statement of tables.mayReadMembers()) role.addToPrincipalPolicy(statement);
      role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [post.functionArn] }),
      );
      role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [undelivered.queueArn] }),
      );
    }
    machine.addToRolePolicy(
      new PolicyStatement({ actions: ["states:StartSyncExecution"], resources: [segment.stateMachineArn] }),
    );
    for (const statement of permissions(tables.rooms, ["UpdateItem"])) machine.addToRolePolicy(statement);
    machine.addToRolePolicy(this.mayPut(MESSAGE_DELIVERED));

    new Rule(this, "message-posted", {
      eventBus: this.bus,
      eventPattern: { source: [EVENT_SOURCE], detailType: [MESSAGE_POSTED] },
      targets: [
        new SfnStateMachine(machine, {
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
          deadLetterQueue: notStarted,
        }),
      ],
    });
  }

  /** Lets a function put events of these kinds too, and names the bus to it: one permission, however many kinds. */
  putBy(lambda: Lambda, ...detailTypes: string[]) {
    const kinds = this.#putBy.get(lambda);
    if (kinds) {
      kinds.push(...detailTypes);
      return;
    }
    this.#putBy.set(lambda, detailTypes);
    lambda.addToRolePolicy(this.mayPut(...Lazy.list({ produce: () => detailTypes })));
    lambda.addEnvironment(ENVIRONMENT.eventBus, this.bus.eventBusName);
  }

  /** The permission to put events of these kinds, and nothing else, on the bus. */
  mayPut(...detailTypes: string[]): PolicyStatement {
    return new PolicyStatement({
      actions: ["events:PutEvents"],
      resources: [this.bus.eventBusArn],
      conditions: { StringEquals: { "events:source": EVENT_SOURCE, "events:detail-type": detailTypes } },
    });
  }
}
