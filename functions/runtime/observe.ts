import { Logger } from "@aws-lambda-powertools/logger";
import { Tracer } from "@aws-lambda-powertools/tracer";
import type { Context } from "aws-lambda";

/** What a function tells CloudWatch and X-Ray of one invocation. This file is the only one that knows Powertools. */
export interface Observation {
  readonly log: Pick<Logger, "debug" | "info" | "warn" | "error">;
  /** Names the message that this invocation is about: in every later log line, and as the annotation `messageId`. */
  message(id: string): void;
  /** Sets an annotation, by which traces are found. */
  annotate(key: "room" | "outcome", value: string): void;
  /** The `X-Amzn-Trace-Id` to hand on. Empty where there is none. */
  traceHeader(): string;
}

/** An observed handler: the event, and what it may tell. */
export type Observed<Event, Result> = (event: Event, observe: Observation) => Promise<Result>;

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Powertools read the environment as they are made, so they are made by the first invocation, not by an import. */
const logger = once(() => new Logger());
const tracer = once(() => new Tracer({ captureHTTPsRequests: false }));

/** Records an SDK client's calls as subsegments. */
export const traced = <Client>(client: Client): Client => tracer().captureAWSv3Client(client);

/**
 * Makes a Lambda handler. `needs` is called once, by the first invocation, so that importing a function reads no
 * environment. The handler logs in JSON with the request id, or the message id once it is known, as
 * correlation id, and records one subsegment of the invocation, which carries the annotations (Lambda's own segment
 * cannot be changed from inside). An error is logged, recorded and thrown on.
 */
export const observed = <Needs, Event, Result>(make: (needs: Needs) => Observed<Event, Result>, needs: () => Needs) => {
  const handle = once(() => make(needs()));
  return async (event: Event, context: Context): Promise<Result> => {
    const log = logger();
    log.addContext(context);
    log.setCorrelationId(context.awsRequestId);
    const segment = tracer().getSegment();
    const subsegment = segment?.addNewSubsegment(`## ${context.functionName}`);
    if (subsegment) tracer().setSegment(subsegment);
    try {
      tracer().annotateColdStart();
      return await handle()(event, {
        log,
        message: (id) => {
          log.setCorrelationId(id);
          tracer().putAnnotation("messageId", id);
        },
        annotate: (key, value) => tracer().putAnnotation(key, value),
        traceHeader: () => process.env._X_AMZN_TRACE_ID ?? "",
      });
    } catch (error) {
      log.error("The invocation failed.", error as Error);
      tracer().addErrorAsMetadata(error as Error);
      throw error;
    } finally {
      subsegment?.close();
      if (segment) tracer().setSegment(segment);
    }
  };
};
