import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { EVENT_SOURCE, MESSAGE_POSTED, PUBLISH_REFUSED, PUBLISH_REQUESTED } from "../functions/contracts/events.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import type { Fanout } from "./fanout.ts";

interface BackendPublishingProps {
  readonly fanout: Fanout;
  /** The function that publishes what an event asks for. */
  readonly publishRequested: Lambda;
}

/** Publishing by backends: from `PublishRequested` on the bus to the function that does it. */
export class BackendPublishing extends Construct {
  /** Requests that could not be done: the event, with the error of the last attempt. */
  readonly unpublished: Queue;

  constructor(scope: Construct, id: string, { fanout, publishRequested }: BackendPublishingProps) {
    super(scope, id);
    this.unpublished = deadLetterQueue(this, "unpublished");
    publishRequested.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: this.unpublished.queueArn }) },
    });
    // CDK's own SqsDestination also allows to look the queue up, which nobody does.
    publishRequested.addToRolePolicy(
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.unpublished.queueArn] }),
    );
    fanout.putBy(publishRequested, MESSAGE_POSTED, PUBLISH_REFUSED);
    new Rule(this, "publish-requested", {
      eventBus: fanout.bus,
      eventPattern: { source: [EVENT_SOURCE], detailType: [PUBLISH_REQUESTED] },
      // No dead letters here: Lambda takes any event that a queue would take, unless the stack is changed by hand.
      targets: [new LambdaFunction(publishRequested, { retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
  }
}
