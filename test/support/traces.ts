import {
  BatchGetTracesCommand,
  GetTraceSummariesCommand,
  XRayClient,
  type XRayClientConfig,
} from "@aws-sdk/client-xray";

/** A segment or subsegment, as far as tests look at it. */
export interface Recorded {
  readonly id: string;
  readonly name: string;
  readonly parent_id?: string;
  readonly origin?: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly subsegments?: readonly Recorded[];
}

/** Reads the traces of a runtime, as an operator does. */
export const traceReader = (client: XRayClientConfig) => {
  const xray = new XRayClient(client);
  return {
    /** The ids of all traces that a filter expression finds. */
    find: async (FilterExpression?: string): Promise<string[]> => {
      const [StartTime, EndTime] = [new Date(0), new Date(Date.now() + 60_000)];
      const { TraceSummaries = [] } = await xray.send(
        new GetTraceSummariesCommand({ StartTime, EndTime, ...(FilterExpression && { FilterExpression }) }),
      );
      return TraceSummaries.map(({ Id }) => Id!);
    },
    /** The documents of a trace, as text. */
    documents: async (id: string): Promise<string[]> => {
      const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds: [id] }));
      return (Traces[0]?.Segments ?? []).map(({ Document }) => Document!);
    },
    close: () => xray.destroy(),
  };
};

/** Documents with the subsegments in them, each with its parent. */
export const withSubsegments = (documents: readonly string[]): Recorded[] => {
  const open = (segment: Recorded): Recorded[] => [
    segment,
    ...(segment.subsegments ?? []).flatMap((part) => open({ ...part, parent_id: segment.id })),
  ];
  return documents.flatMap((document) => open(JSON.parse(document)));
};
