import { AwsError } from "../aws/error.ts";
import type { AwsService } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Faults } from "../faults/faults.ts";
import type { Log } from "../log.ts";
import { createDynamoDbHttp } from "./dynamodb-http.ts";
import { startEmbeddedServer } from "./embedded-server.ts";
import { deleteExpired } from "./expiry.ts";
import { type IndexLag, startIndexLag } from "./index-lag.ts";
import { withKeyPermissions } from "./key-permissions.ts";
import { makeTable, untilItAnswers } from "./make-table.ts";
import { measuredCalls } from "./measured-calls.ts";
import { permissionsOf } from "./permissions.ts";
import type { TableProperties } from "./resources.ts";
import { mayBeThrottled, throughputExceeded } from "./throttling.ts";
import { describeTimeToLive } from "./time-to-live.ts";

interface Needs {
  /** The tables of the template. */
  readonly tables: readonly Resource<TableProperties>[];
  /** The embedded server's folder. */
  readonly directory: string;
  /** An outside DynamoDB to use instead of the embedded one, for example DynamoDB Local at `http://localhost:8000`. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  readonly putMetric: PutMetric;
}

export interface Tables {
  /** DynamoDB, whole, as the server behind it has it, and the expiry that is this runtime's. */
  readonly service: AwsService;
  /** Deletes what has expired in every table, now. @returns how many rows */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 60_000;

/**
 * Runs the template's tables: starts the embedded DynamoDB (or uses an outside one), makes what is missing, and
 * deletes expired rows each minute, where AWS takes up to days.
 * @throws Error in one line if the server cannot start, a table of that name has another schema, or `index.lag` is
 *   asked of an outside DynamoDB
 */
export const createTables = async (needs: Needs): Promise<Tables> => {
  const { tables, region, account, clock, log, faults } = needs;
  const lagMs = faults.ms("index.lag");
  if (lagMs && needs.endpoint)
    throw new Error("The fault index.lag needs the embedded DynamoDB: leave out either index.lag or --dynamodb");
  const embedded = needs.endpoint ? undefined : await startEmbeddedServer(needs);
  const endpoint = needs.endpoint ?? String(embedded?.endpoint);
  const http = createDynamoDbHttp(endpoint, region);
  const stopServer = async () => {
    http.close();
    await embedded?.stop();
  };
  let lag: IndexLag | undefined;
  try {
    await untilItAnswers(http.send, clock, endpoint);
    await Promise.all(tables.map((table) => makeTable(http.send, clock, table)));
    if (lagMs) lag = await startIndexLag({ ...needs, send: http.send, lagMs });
  } catch (error) {
    await stopServer();
    throw error;
  }

  const send = lag?.send ?? http.send;
  const sweep = async () => {
    let deleted = 0;
    for (const table of tables) deleted += await deleteExpired(send, table, clock.now());
    return deleted;
  };
  const stopSweeping = everyMinute(clock, sweep, (error) =>
    log({ level: "warn", from: "dynamodb", message: `Expired rows were not deleted: ${error.message}` }),
  );
  const withKeys = withKeyPermissions(tables, region);
  const arnPrefix = `arn:${tables[0]?.identity.partition ?? "aws"}:dynamodb:${region}:${account}:`;

  return {
    service: {
      signingName: "dynamodb",
      targetPrefix: "DynamoDB_20120810",
      jsonVersion: "1.0",
      permissions: (action, input) => withKeys(permissionsOf(arnPrefix, action, input)),
      call: measuredCalls(async (action, input) => {
        if (mayBeThrottled(action) && faults.strikes("table.throttle")) throw throughputExceeded();
        const own = action === "DescribeTimeToLive" ? describeTimeToLive(tables, input.TableName) : undefined;
        return own ?? send(action, input).catch(asServiceError);
      }, needs),
    },
    sweep,
    stop: async () => {
      await stopSweeping();
      await lag?.stop();
      await stopServer();
    },
  };
};

/** Runs a task a minute after its last run ended. The function returned ends that, after the run under way. */
const everyMinute = (clock: Clock, task: () => Promise<unknown>, failed: (error: Error) => void) => {
  let cancel = () => {};
  let running: Promise<unknown> = Promise.resolve();
  const later = () => {
    cancel = clock.after(SWEEP_EVERY_MS, () => {
      running = task().catch(failed).then(later);
    });
  };
  later();
  return async () => {
    await running;
    cancel();
  };
};

const asServiceError = (error: Error): never => {
  if (error instanceof AwsError) throw error;
  throw new AwsError("InternalServerError", `The DynamoDB server does not answer: ${error.message}`, 500);
};
