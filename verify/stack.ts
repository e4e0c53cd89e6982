import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { XRayClient } from "@aws-sdk/client-xray";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** Where the stack's own side is looked into: AWS's default credentials and endpoints unless they are given. */
export interface Account {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A deployed stack from inside: what it is made of, and clients of its services. */
export interface Stack {
  readonly name: string;
  readonly busName: string;
  readonly tables: DynamoDBDocumentClient;
  readonly queues: SQSClient;
  readonly buses: EventBridgeClient;
  readonly machines: SFNClient;
  readonly traces: XRayClient;
  /** A table's name, by its place in the template, such as `tablesrooms`; undefined where there is none. */
  findTable(place: string): Promise<string | undefined>;
  /** Each looked up when it is asked for. @throws Error naming what there is not */
  connectionsTable(): Promise<string>;
  undeliveredQueue(): Promise<string>;
  machineArn(): Promise<string>;
  /** The ARN of what the rule for events of this type calls: a state machine (`states`) or a function (`lambda`). */
  targetOf(detailType: string, service: "states" | "lambda"): Promise<string>;
  end(): void;
}

/**
 * Opens a stack. Its resources are found by what CloudFormation's names for them begin with: the stack, then the place
 * in the template, and the state machine (whose name does not begin so) as the target of the rule for messages.
 * @param name for example `Roomcast-dev`
 */
export const openStack = (name: string, account: Account): Stack => {
  // StartSyncExecution puts `sync-` before the host, which is right for AWS's own only.
  const config = { ...account, ...(account.endpoint && { disableHostPrefix: true }) };
  const dynamodb = new DynamoDBClient(config);
  const queues = new SQSClient(config);
  const buses = new EventBridgeClient(config);
  const machines = new SFNClient(config);
  const traces = new XRayClient(config);
  const busName = `${name}-bus`;

  const findTable = async (place: string): Promise<string | undefined> => {
    for await (const { TableNames = [] } of paginateListTables({ client: dynamodb }, {})) {
      const found = TableNames.find((table) => table.startsWith(`${name}-${place}`));
      if (found) return found;
    }
    return undefined;
  };

  const targetOf: Stack["targetOf"] = async (detailType, service) => {
    const { Rules = [] } = await buses.send(new ListRulesCommand({ EventBusName: busName }));
    for (const { Name, EventPattern = "" } of Rules) {
      if (!EventPattern.includes(`"${detailType}"`)) continue;
      const { Targets = [] } = await buses.send(new ListTargetsByRuleCommand({ EventBusName: busName, Rule: Name }));
      const found = Targets.find(({ Arn = "" }) => Arn.split(":")[2] === service);
      if (found?.Arn) return found.Arn;
    }
    throw new Error(`No rule of ${busName} calls a target of ${service} for ${detailType}.`);
  };

  return {
    name,
    busName,
    tables: DynamoDBDocumentClient.from(dynamodb),
    queues,
    buses,
    machines,
    traces,
    findTable,
    connectionsTable: async () => {
      const found = await findTable("tablesconnections");
      if (found) return found;
      throw new Error(`There is no connections table of ${name} in this account and Region.`);
    },
    undeliveredQueue: async () => {
      const QueueNamePrefix = `${name}-fanoutundelivered`;
      const { QueueUrls: [found] = [] } = await queues.send(new ListQueuesCommand({ QueueNamePrefix }));
      if (found) return found;
      throw new Error(`There is no queue ${QueueNamePrefix}… in this account and Region.`);
    },
    machineArn: () => targetOf("MessagePosted", "states"),
    targetOf,
    end: () => {
      for (const client of [dynamodb, queues, buses, machines, traces]) client.destroy();
    },
  };
};
