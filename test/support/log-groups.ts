import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

/** All lines of all log groups, one to a line of text, below a line with the group's name. */
export const logLinesOf = async (client: CloudWatchLogsClientConfig): Promise<string> => {
  const logs = new CloudWatchLogsClient(client);
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const groups = await Promise.all(
    logGroups.map(async ({ logGroupName }) => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return [logGroupName, ...events.map(({ message }) => message)];
    }),
  );
  logs.destroy();
  return groups.flat().join("\n");
};
