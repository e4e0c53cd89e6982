import { AwsError } from "../aws/error.ts";
import { type Clock, sleep } from "../clock.ts";
import type { SendAction } from "./dynamodb-http.ts";
import { createTableInput, schemaDifference, type Table, type TableDescription } from "./table-schema.ts";

/** How often and how far apart a server that is starting, or a table that is being made, is asked again. */
const AGAIN = { tries: 50, ms: 200 };

/** Waits for a server that may still be starting. @throws Error naming its endpoint after ten seconds without an answer */
export const untilItAnswers = async (send: SendAction, clock: Clock, endpoint: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    const failure = await failureToAnswer(send, clock);
    if (!failure) return;
    if (failure instanceof AwsError || tries === AGAIN.tries)
      throw new Error(`There is no DynamoDB at ${endpoint}: ${failure.message || failure.name}`);
    await sleep(clock, AGAIN.ms);
  }
};

/** Why a server does not answer as DynamoDB does; undefined when it does. */
const failureToAnswer = (send: SendAction, clock: Clock) =>
  new Promise<Error | undefined>((resolve) => {
    const ms = AGAIN.tries * AGAIN.ms;
    const cancel = clock.after(ms, () => resolve(new AwsError("RequestTimeout", `no answer in ${ms / 1000} s`)));
    send("ListTables", { Limit: 1 })
      .then(() => resolve(undefined), resolve)
      .finally(cancel);
  });

/**
 * Makes a table of the template unless it is there, and waits until it can be used.
 * @throws Error in one line if it is there with another key, other attributes or other indexes
 */
export const makeTable = async (send: SendAction, clock: Clock, table: Table): Promise<void> => {
  const existing = await describe(send, table);
  if (!existing) await send("CreateTable", createTableInput(table));
  const difference = existing && schemaDifference(table, existing);
  if (difference)
    throw new Error(
      `The table ${table.ref} is not as the template has it: ${difference}. Use --fresh for empty tables`,
    );
  for (let tries = 1; (await describe(send, table))?.TableStatus !== "ACTIVE"; tries++) {
    // A server ended in this very moment leaves a table that nobody finishes.
    if (tries === AGAIN.tries)
      throw new Error(`The table ${table.ref} does not get ready. Use --fresh for empty tables`);
    await sleep(clock, AGAIN.ms);
  }
};

const describe = async (send: SendAction, { ref }: Table) => {
  try {
    const { Table } = await send("DescribeTable", { TableName: ref });
    return Table as unknown as TableDescription;
  } catch (error) {
    if (error instanceof AwsError && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
};
