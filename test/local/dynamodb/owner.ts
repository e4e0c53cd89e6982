/** A process that owns tables, puts a hundred rows, says so and waits to be killed. */
import { systemClock } from "../../../local/clock.ts";
import { createTables } from "../../../local/dynamodb/tables.ts";
import { noFaults } from "../../../local/faults/faults.ts";
import { books } from "./books.ts";

const { service } = await createTables({
  tables: [books()],
  directory: String(process.argv[2]),
  region: "us-east-1",
  account: "123456789012",
  clock: systemClock,
  faults: noFaults,
  putMetric: () => {},
  log: () => {},
});
for (let n = 0; n < 100; n++)
  await service.call(
    "PutItem",
    { TableName: "books", Item: { author: { S: "Le Guin" }, title: { S: `volume ${n}` } } },
    { principal: { kind: "operator" } },
  );
process.stdout.write("100 rows are put\n");
