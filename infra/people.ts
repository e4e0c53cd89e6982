import { Duration } from "aws-cdk-lib";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ENVIRONMENT } from "../functions/contracts/environment.ts";
import {
  DISCONNECT_REQUESTED,
  EVENT_SOURCE,
  KICK_REFUSED,
  KICK_REQUESTED,
  KICKED,
} from "../functions/contracts/events.ts";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import { encryptionOf } from "./encryption.ts";
import type { Fanout } from "./fanout.ts";
import { allow, keptTable } from "./table.ts";

interface PeopleProps {
  readonly config: Config;
  readonly api: Api;
  readonly fanout: Fanout;
  /** The function that bars somebody and ends their connections. */
  readonly kickRequested: Lambda;
  /** The function that ends one connection. */
  readonly disconnectRequested: Lambda;
}

/** Who is connected and who is barred, and the two functions that end connections, from the events that ask for it. */
export class People extends Construct {
  readonly #table: Table;
  readonly #fanout: Fanout;
  readonly #config: Config;

  constructor(scope: Construct, id: string, { config, api, fanout, kickRequested, disconnectRequested }: PeopleProps) {
    super(scope, id);
    this.#fanout = fanout;
    this.#config = config;
    // Bans are what is worth keeping in it.
    this.#table = new Table(this, "table", {
      ...keptTable(config),
      ...encryptionOf(this, config),
      partitionKey: { name: "identity", type: AttributeType.STRING },
      sortKey: { name: "item", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
    allow(this.#table, ENVIRONMENT.peopleTable, ["PutItem", "Query", "DeleteItem"], [kickRequested]);
    for (const lambda of [kickRequested, disconnectRequested]) api.endedBy(lambda);
    fanout.putBy(kickRequested, KICKED, KICK_REFUSED);

    const from = (ruleId: string, detailType: string, lambda: Lambda) =>
      new Rule(this, ruleId, {
        eventBus: fanout.bus,
        eventPattern: { source: [EVENT_SOURCE], detailType: [detailType] },
        // No connection is older than two hours. Whoever asks for a kick is answered by `Kicked`, or asks again.
        targets: [new LambdaFunction(lambda, { retryAttempts: 185, maxEventAge: Duration.hours(2) })],
      });
    from("kick-requested", KICK_REQUESTED, kickRequested);
    from("disconnect-requested", DISCONNECT_REQUESTED, disconnectRequested);
  }

  /** Lets the function of `$connect` count a connection in, where there are not too many and nobody is barred. */
  countedInBy(lambda: Lambda) {
    allow(this.#table, ENVIRONMENT.peopleTable, ["PutItem", "Query", "DeleteItem"], [lambda]);
    lambda.addEnvironment(ENVIRONMENT.connectionsPerIdentity, String(this.#config.connectionsPerIdentity));
  }

  countedOutBy(...functions: Lambda[]) {
    allow(this.#table, ENVIRONMENT.peopleTable, ["DeleteItem"], functions);
  }

  /** Lets functions ask for a connection to be ended. */
  disconnectRequestedBy(...functions: Lambda[]) {
    for (const lambda of functions) this.#fanout.putBy(lambda, DISCONNECT_REQUESTED);
  }
}
