import { AttributeType, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ENVIRONMENT, ROOM_INDEX } from "../functions/contracts/environment.ts";
import type { Config } from "./config.ts";
import { encryptionOf } from "./encryption.ts";
import { allow, keptTable, passingTable, permissions } from "./table.ts";

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
    const encryption = encryptionOf(this, config);
    const kept = { ...keptTable(config), ...encryption };
    const passing = { ...passingTable, ...encryption };
    // Connections are worth nothing after a restore: they are made anew by the clients.
    this.connections = new Table(this, "connections", {
      ...passing,
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
      ...passing,
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
      for (const statement of this.mayReadMembers()) lambda.addToRolePolicy(statement);
      lambda.addEnvironment(ENVIRONMENT.connectionsTable, this.connections.tableName);
    }
  }

  /** The permission for that, as state machines need it. */
  mayReadMembers(): readonly PolicyStatement[] {
    return permissions(this.connections, ["Query"], `/index/${ROOM_INDEX}`);
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
