import type { Clock } from "../clock.ts";
import type { JsonObject } from "../json.ts";
import type { Log } from "../log.ts";
import { copyRows } from "./copy-rows.ts";
import { createDynamoDbHttp, type SendAction } from "./dynamodb-http.ts";
import { startEmbeddedServer } from "./embedded-server.ts";
import { makeTable } from "./make-table.ts";
import type { Table } from "./table-schema.ts";
import { createTurns } from "./turns.ts";
import { type Row, writtenRows } from "./written-rows.ts";

interface Needs {
  readonly tables: readonly Table[];
  /** Sends an action to the tables themselves. Whatever else writes to them is never seen in an index. */
  readonly send: SendAction;
  /** Milliseconds that an index is behind its table. */
  readonly lagMs: number;
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface IndexLag {
  /** Sends an action to the tables, but a read of an index to the replica. */
  readonly send: SendAction;
  stop(): Promise<void>;
}

/**
 * Makes the fault `index.lag`: an index shows its table as it was `lagMs` ago. The tables that have indexes have a
 * replica, in memory, in a server of its own that no client sees. It begins as the tables are, so a restart catches
 * up; after each write the row as it then stands follows with the lag. The writes of one row take turns, so that
 * what is read back is what that write has made of it.
 */
export const startIndexLag = async (needs: Needs): Promise<IndexLag> => {
  const { send, lagMs, region, account, clock, log } = needs;
  const tables = needs.tables.filter(({ properties }) => properties.GlobalSecondaryIndexes?.length);
  const keys = new Map(
    tables.map(({ ref, properties }) => [ref, properties.KeySchema.map((key) => key.AttributeName)]),
  );
  const server = await startEmbeddedServer({ region, account, clock, log });
  const replica = createDynamoDbHttp(server.endpoint, region);
  const writes = createTurns();
  const replays = createTurns();
  const cancels = new Set<() => void>();

  const stop = async () => {
    await writes.ended();
    for (const cancel of cancels) cancel();
    await replays.ended();
    replica.close();
    await server.stop();
  };

  const replay = (row: Row, Item: JsonObject[string] | undefined) =>
    replays.take([nameOf(row)], async () => {
      const TableName = row.table;
      const written = Item
        ? replica.send("PutItem", { TableName, Item })
        : replica.send("DeleteItem", { TableName, Key: row.key });
      await written.catch((error: Error) =>
        log({ level: "error", from: "dynamodb", message: `An index of ${TableName} stays behind: ${error.message}` }),
      );
    });

  const follow = async (row: Row) => {
    const { Item } = await send("GetItem", { TableName: row.table, Key: row.key, ConsistentRead: true });
    const cancel = clock.after(lagMs, () => {
      cancels.delete(cancel);
      void replay(row, Item);
    });
    cancels.add(cancel);
  };

  try {
    for (const table of tables) {
      await makeTable(replica.send, clock, table);
      await copyRows(send, replica.send, table.ref);
    }
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    async send(action, input) {
      if (input.IndexName !== undefined && keys.has(String(input.TableName))) {
        // What was due before this read has to be there for it.
        await replays.ended();
        return replica.send(action, input);
      }
      const rows = writtenRows(keys, action, input);
      return writes.take(rows.map(nameOf), async () => {
        const answer = await send(action, input);
        await Promise.all(rows.map(follow));
        return answer;
      });
    },
    stop,
  };
};

const nameOf = ({ table, key }: Row) => `${table} ${JSON.stringify(key)}`;
