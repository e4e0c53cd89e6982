import { DescribeQueryDefinitionsCommand, StartQueryCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { readLogs } from "./read-logs.ts";

test("saved queries are described, with their log groups", async () => {
  const { client } = await readLogs();
  const { queryDefinitions } = await client.send(new DescribeQueryDefinitionsCommand({}));
  expect(queryDefinitions).toMatchObject([
    {
      name: "shop/slowest",
      queryString: "fields @timestamp | limit 20",
      queryLanguage: "CWLI",
      logGroupNames: ["publish"],
    },
  ]);
});

test.each([
  [{ queryDefinitionNamePrefix: "shop/" }, 1],
  [{ queryDefinitionNamePrefix: "slow" }, 0],
  [{ queryLanguage: "SQL" as const }, 0],
])("of the saved queries %o has %i", async (input, count) => {
  const { client } = await readLogs();
  const { queryDefinitions } = await client.send(new DescribeQueryDefinitionsCommand(input));
  expect(queryDefinitions).toHaveLength(count);
});

test("no query is run, and the refusal says what to do instead", async () => {
  const { client } = await readLogs();
  const query = { logGroupName: "publish", queryString: "fields @message", startTime: 0, endTime: 1 };
  await expect(client.send(new StartQueryCommand(query))).rejects.toThrow(/FilterLogEvents/);
});

test("IAM knows no resource of saved queries", async () => {
  const { service } = await readLogs();
  expect(service.permissions("DescribeQueryDefinitions", {})).toEqual([
    { action: "logs:DescribeQueryDefinitions", resource: "*" },
  ]);
});
