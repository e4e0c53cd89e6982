import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";

type Dimensions = readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[];

const nameOf = (namespace: string, metric: string, dimensions: Dimensions): string =>
  [namespace, metric, ...dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()].join(" ");

/** What a running stack says of its metrics, to somebody who looks with an SDK: each as `AWS/SQS Sent QueueName=…`. */
export const metricsOf = (client: CloudWatchClientConfig) => {
  const cloudWatch = new CloudWatchClient(client);

  const ofAlarms = async (): Promise<string[]> => {
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
    return MetricAlarms.map(({ Namespace = "", MetricName = "", Dimensions = [] }) =>
      nameOf(Namespace, MetricName, Dimensions),
    );
  };
  const ofDashboards = async (): Promise<string[]> => {
    const { DashboardEntries = [] } = await cloudWatch.send(new ListDashboardsCommand({}));
    const bodies = await Promise.all(
      DashboardEntries.map(async ({ DashboardName }) => {
        const { DashboardBody = "" } = await cloudWatch.send(new GetDashboardCommand({ DashboardName }));
        return JSON.parse(DashboardBody) as { widgets: { properties: { metrics?: unknown[][] } }[] };
      }),
    );
    return bodies
      .flatMap(({ widgets }) => widgets.flatMap(({ properties }) => properties.metrics ?? []))
      .flatMap(ofRow);
  };

  return {
    /** Those that its alarms and dashboards name. */
    named: async () => new Set([...(await ofAlarms()), ...(await ofDashboards())]),
    /** Those that have values. */
    emitted: async () => {
      const names: string[] = [];
      for await (const { Metrics = [] } of paginateListMetrics({ client: cloudWatch }, {}))
        for (const { Namespace = "", MetricName = "", Dimensions = [] } of Metrics)
          names.push(nameOf(Namespace, MetricName, Dimensions));
      return new Set(names);
    },
    close: () => cloudWatch.destroy(),
  };
};

/** A row of a widget: namespace, name, dimensions by turns, and how it is drawn; or an expression, which has none of them. */
const ofRow = (row: unknown[]): string[] => {
  const [namespace, metric, ...dimensions] = row.filter((cell) => typeof cell === "string");
  if (namespace === undefined || metric === undefined) return [];
  const pairs = dimensions.flatMap((Name, at) => (at % 2 === 0 ? [{ Name, Value: dimensions[at + 1] }] : []));
  return [nameOf(namespace, metric, pairs)];
};
