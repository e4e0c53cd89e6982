import { CreateTableCommand, DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { books } from "./books.ts";
import { start } from "./start.ts";

const described = async (TableName: string, tables = [books()]) => {
  const { client } = await start({ tables });
  return (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
};

test("a table's time to live is described as the template has it", async () => {
  const enabled = { TimeToLiveStatus: "ENABLED", AttributeName: "until" };
  expect(await described("books")).toEqual(enabled);
  expect(await described("arn:aws:dynamodb:us-east-1:123456789012:table/books")).toEqual(enabled);
});

test.each([
  ["without one", { TimeToLiveSpecification: undefined }],
  ["with one that is switched off", { TimeToLiveSpecification: { Enabled: false, AttributeName: "until" } }],
])("a table %s has it disabled", async (_how, changes) => {
  expect(await described("books", [books(changes)])).toEqual({ TimeToLiveStatus: "DISABLED" });
});

test("a table that somebody made beside the template's is described by the server", async () => {
  const { client } = await start();
  const key = { AttributeName: "name", AttributeType: "S" as const };
  await client.send(
    new CreateTableCommand({
      TableName: "own",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [key],
      KeySchema: [{ AttributeName: "name", KeyType: "HASH" }],
    }),
  );
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: "own" }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "DISABLED" });
});

test("a table that there is none of is refused", async () => {
  await expect(described("nowhere")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
