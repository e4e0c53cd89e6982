import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ENVIRONMENT } from "../functions/contracts/environment.ts";
import { EVENT_SOURCE, MESSAGE_DELIVERED } from "../functions/contracts/events.ts";
import type { Config } from "./config.ts";
import type { Fanout } from "./fanout.ts";

interface ReceiptsProps {
  readonly config: Config;
  readonly fanout: Fanout;
  /** The function that makes metrics of a receipt. */
  readonly receipts: Lambda;
}

/** From the receipts on the bus to metrics. */
export class Receipts extends Construct {
  constructor(scope: Construct, id: string, { config, fanout, receipts }: ReceiptsProps) {
    super(scope, id);
    receipts.addEnvironment(ENVIRONMENT.stage, config.stage);
    new Rule(this, "message-delivered", {
      eventBus: fanout.bus,
      eventPattern: { source: [EVENT_SOURCE], detailType: [MESSAGE_DELIVERED] },
      // A receipt that is never read is a gap in a graph, and that is all: there are no dead letters of it.
      targets: [new LambdaFunction(receipts, { retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
  }
}
