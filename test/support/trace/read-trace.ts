import {
  BatchGetTracesCommand,
  GetTraceSummariesCommand,
  XRayClient,
  type XRayClientConfig,
} from "@aws-sdk/client-xray";
import type { Segment } from "./segment.ts";

/** Reads traces as an operator does, by the unmodified SDK. */
export const traceReader = (client: XRayClientConfig) => {
  const xray = new XRayClient(client);
  /** The documents of traces; none where X-Ray has none of them. */
  const documentsOf = async (...TraceIds: string[]): Promise<Segment[]> => {
    const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds }));
    return Traces.flatMap(({ Segments = [] }) => Segments.map(({ Document }) => JSON.parse(Document ?? "")));
  };
  return {
    documentsOf,
    /** The documents of all traces of the last ten minutes that are annotated with a message's id. */
    ofMessage: async (id: string): Promise<Segment[]> => {
      const now = Date.now();
      const command = new GetTraceSummariesCommand({
        StartTime: new Date(now - 600_000),
        EndTime: new Date(now),
        FilterExpression: `annotation.messageId = "${id}"`,
      });
      const { TraceSummaries = [] } = await xray.send(command);
      return documentsOf(...TraceSummaries.map(({ Id = "" }) => Id));
    },
    close: () => xray.destroy(),
  };
};
