import { Duration } from "aws-cdk-lib";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Rule } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ENVIRONMENT } from "../functions/contracts/environment.ts";
import { EVENT_SOURCE, MEMBERSHIP_CHANGED, PRESENCE_CHANGED, TYPING_STARTED } from "../functions/contracts/events.ts";
import type { Config } from "./config.ts";
import { encryptionOf } from "./encryption.ts";
import { expressMachine } from "./express-machine.ts";
import type { Fanout } from "./fanout.ts";
import { allow, passingTable } from "./table.ts";
import type { Tables } from "./tables.ts";

interface PresenceProps {
  readonly config: Config;
  readonly fanout: Fanout;
  readonly tables: Tables;
  /** The step that looks who is in a room. */
  readonly roster: Lambda;
  /** The step that posts one frame to one connection. */
  readonly post: Lambda;
}

/** Who joins, leaves and types in small rooms: the table, the rule and the state machine that tells the others. */
export class Presence extends Construct {
  readonly #table: Table;
  readonly #fanout: Fanout;

  constructor(scope: Construct, id: string, { config, fanout, tables, roster, post }: PresenceProps) {
    super(scope, id);
    this.#fanout = fanout;
    // Worth nothing after a restore: what it holds is a week old at most, and found out anew.
    this.#table = new Table(this, "table", {
      ...passingTable,
      ...encryptionOf(this, config),
      partitionKey: { name: "room", type: AttributeType.STRING },
      sortKey: { name: "row", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
    allow(this.#table, ENVIRONMENT.presenceTable, ["GetItem", "PutItem", "UpdateItem"], [roster]);
    tables.membersReadableBy(roster);
    roster.addEnvironment(ENVIRONMENT.presenceMembers, String(config.presenceMembers));

    const machine = expressMachine(this, "room-presence", {
      RosterFunction: roster.functionArn,
      PostFunction: post.functionArn,
      EventBusName: fanout.bus.eventBusName,
      EventSource: EVENT_SOURCE,
      MembershipChanged: MEMBERSHIP_CHANGED,
      PresenceChanged: PRESENCE_CHANGED,
    });
    machine.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [roster.functionArn, post.functionArn],
      }),
    );
    machine.addToRolePolicy(fanout.mayPut(PRESENCE_CHANGED));

    new Rule(this, "members-stirred", {
      eventBus: fanout.bus,
      eventPattern: { source: [EVENT_SOURCE], detailType: [MEMBERSHIP_CHANGED, TYPING_STARTED] },
      // News of who is there is worth nothing when it is old.
      targets: [new SfnStateMachine(machine, { retryAttempts: 3, maxEventAge: Duration.minutes(1) })],
    });
  }

  /** Lets functions that change who is in a room have it looked at. */
  stirredBy(...functions: Lambda[]) {
    allow(this.#table, ENVIRONMENT.presenceTable, ["GetItem", "UpdateItem"], functions);
    for (const lambda of functions) this.#fanout.putBy(lambda, MEMBERSHIP_CHANGED);
  }

  /** Lets a function have a room told that somebody types. */
  typedBy(lambda: Lambda) {
    allow(this.#table, ENVIRONMENT.presenceTable, ["GetItem", "UpdateItem"], [lambda]);
    this.#fanout.putBy(lambda, TYPING_STARTED);
  }
}
