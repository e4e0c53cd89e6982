import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ENVIRONMENT, ROOM_INDEX } from "../functions/contracts/environment.ts";
import type { Config } from "./config.ts";

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The tables. A function's permission and the variable that names the table come in one call, so that neither is
 * forgotten; each call allows the actions that its functions use, no more.
 */
export class Tables extends Construct {
  readonly connections: Table;
  readonly rooms: Table;
  readonly #messages: Table;
  readonly #refs: Table;
  readonly #config: Config;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.#config = config;
    const { removalPolicy } = config;
    const kept: Omit<TableProps, "partitionKey"> = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: removalPolicy === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    };
    // Connections are worth nothing after a restore: they are made anew by the clients.
    this.connections = new Table(this, "connections", {
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: text("connectionId"),
      sortKey: text("room"),
      timeToLiveAttribute: "expiresAt",
    });
    this.connections.addGlobalSecondaryIndex({
      indexName: ROOM_INDEX,
      partitionKey: text("room"),
      sortKey: text("slot"),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["connectedAt", "expiresAt", "memberId", "name", "validUntil"],
    });
    this.rooms = new Table(this, "rooms", { ...kept, partitionKey: text("room") });
    this.#messages = new Table(this, "messages", {
      ...kept,
      partitionKey: text("room"),
      sortKey: { name: "seq", type: AttributeType.NUMBER },
      timeToLiveAttribute: "expiresAt",
    });
    // What is in it counts for a day.
    this.#refs = new Table(this, "refs", {
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: text("ref"),
      timeToLiveAttribute: "expiresAt",
    });
  }

  joinableBy(...functions: Lambda[]) {
    allow(this.connections, ENVIRONMENT.connectionsTable, ["PutItem"], functions);
  }

  leavableBy(...functions: Lambda[]) {
    allow(this.connections, ENVIRONMENT.connectionsTable, ["DeleteItem"], functions);
  }

  /** Whether a connection is in a room. */
  membershipReadableBy(...functions: Lambda[]) {
    allow(this.connections, ENVIRONMENT.connectionsTable, ["GetItem"], functions);
  }

  /** The rooms that a connection is in. */
  connectionReadableBy(...functions: Lambda[]) {
    allow(this.connections, ENVIRONMENT.connectionsTable, ["Query"], functions);
  }

  /** Who is in a room: the index only, not the table. */
  membersReadableBy(...functions: Lambda[]) {
    for (const lambda of functions) {
      const resources = [`${this.connections.tableArn}/index/${ROOM_INDEX}`];
      lambda.addToRolePolicy(new PolicyStatement({ actions: ["dynamodb:Query"], resources }));
      lambda.addEnvironment(ENVIRONMENT.connectionsTable, this.connections.tableName);
    }
  }

  headReadableBy(...functions: Lambda[]) {
    allow(this.rooms, ENVIRONMENT.roomsTable, ["GetItem", "UpdateItem"], functions);
  }

  /** Takes numbers, and looks how much a room owes that gets none. */
  numberedBy(...functions: Lambda[]) {
    allow(this.rooms, ENVIRONMENT.roomsTable, ["GetItem", "UpdateItem"], functions);
    const { roomRecipientsPerSecond, roomRecipientsBurst, roomMessagesPerSecond } = this.#config;
    for (const lambda of functions) {
      lambda.addEnvironment(ENVIRONMENT.roomMessagesPerSecond, String(roomMessagesPerSecond));
      lambda.addEnvironment(ENVIRONMENT.roomRecipientsPerSecond, String(roomRecipientsPerSecond));
      lambda.addEnvironment(ENVIRONMENT.roomRecipientsBurst, String(roomRecipientsBurst));
    }
  }

  savedBy(...functions: Lambda[]) {
    allow(this.#messages, ENVIRONMENT.messagesTable, ["PutItem"], functions);
    this.#tellRetention(functions);
  }

  /** Reads a room's messages, and seals the numbers that are missing. */
  historySettledBy(...functions: Lambda[]) {
    allow(this.#messages, ENVIRONMENT.messagesTable, ["PutItem", "Query"], functions);
    this.#tellRetention(functions);
  }

  refsClaimedBy(...functions: Lambda[]) {
    allow(this.#refs, ENVIRONMENT.refsTable, ["GetItem", "UpdateItem"], functions);
  }

  #tellRetention(functions: readonly Lambda[]) {
    for (const lambda of functions)
      lambda.addEnvironment(ENVIRONMENT.retentionDays, String(this.#config.retentionDays));
  }
}

/** Allows actions on the table itself (`Table.grant` would add its indexes), and names it in the environment. */
export const allow = (table: Table, variable: string, actions: readonly string[], functions: readonly Lambda[]) => {
  for (const lambda of functions) {
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [table.tableArn] }),
    );
    lambda.addEnvironment(variable, table.tableName);
  }
};
