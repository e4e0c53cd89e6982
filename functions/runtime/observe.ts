import { Logger } from "@aws-lambda-powertools/logger";
import { Tracer } from "@aws-lambda-powertools/tracer";
import type { Context } from "aws-lambda";
import { decidedHeader } from "../protocol/tracing.ts";
import { type Log, logAbout } from "./log.ts";

type Subsegment = ReturnType<NonNullable<ReturnType<Tracer["getSegment"]>>["addNewSubsegment"]>;

/**
 * What a function tells CloudWatch and X-Ray of one invocation. This file is the only one that knows Powertools, and how
 * traces are recorded.
 */
export interface Observation {
  readonly log: Log;
  /** Names the message that this invocation is about: the correlation id from now on, and the annotation `messageId`. */
  message(id: string): void;
  /** Names the connection that it is about, in every later log line. */
  connection(id: string): void;
  /** Sets an annotation, by which traces are found. It is in every later log line too. */
  annotate(key: "room" | "outcome", value: string): void;
  /** The `X-Amzn-Trace-Id` by which this trace goes on, with a decision of its own. Empty where there is none. */
  traceHeader(sampled: boolean): string;
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

/** The invocation's subsegment, while its trace is sampled. An environment runs one invocation at a time. */
let recording: Subsegment | undefined;

/**
 * Records an SDK client's calls as subsegments of a sampled trace. Of the rest X-Ray's middleware would make, close and
 * throw away a subsegment each; such a call passes it by, and the SDK itself hands on the trace's header.
 */
export const traced = <Client extends SdkClient>(client: Client): Client => {
  const { config, middlewareStack } = client;
  const whileRecording =
    (record: Middleware): Middleware =>
    (next, context) => {
      const recorded = record(next, context);
      return (args) => (recording ? recorded : next)(args);
    };
  const stack = {
    ...middlewareStack,
    add: (middleware: Middleware, options: object) => middlewareStack.add(whileRecording(middleware), options),
    use: (plugin: { applyToStack(to: object): void }) => plugin.applyToStack(stack),
  };
  tracer().captureAWSv3Client({ config, send: client.send, middlewareStack: stack });
  return client;
};

/**
 * What a request should say of a trace beside its own header, where it can, as an event's `TraceHeader`: nothing if that
 * header says the same, for it also knows the subsegment of the call, from which the trace then goes on.
 */
export const besideOwnHeader = (header: string): string | undefined =>
  recording && header.endsWith("Sampled=1") ? undefined : header || undefined;

/** The part of an SDK client that a tracer sees. */
interface SdkClient {
  readonly config: object;
  readonly send: unknown;
  readonly middlewareStack: { add(middleware: Middleware, options: object): void };
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's steps hand on what only they know
type Handle = (args: any) => Promise<any>;
type Middleware = (next: Handle, context: object) => Handle;

/** Says of an environment's first invocation whether it has waited for the environment, as Powertools does; later no. */
const coldStart = (): boolean => {
  const cold = !warm && process.env.AWS_LAMBDA_INITIALIZATION_TYPE === "on-demand";
  warm = true;
  return cold;
};
let warm = false;

/**
 * Makes a Lambda handler. `needs` is called once, by the first invocation, so that importing a function reads no
 * environment. The handler logs in JSON with the request id, or the message id once it is known, as correlation id, and
 * with what else it is about; it records one subsegment of an invocation whose trace is sampled. That carries the annotations
 * (Lambda's own segment cannot be changed from inside). An error is logged, recorded and thrown on.
 */
export const observed = <Needs, Event, Result>(make: (needs: Needs) => Observed<Event, Result>, needs: () => Needs) => {
  const handle = once(() => make(needs()));
  return async (event: Event, context: Context): Promise<Result> => {
    const about: Record<string, string> = { correlation_id: context.awsRequestId };
    logger().addContext(context);
    const log = logAbout(logger(), about);
    const cold = coldStart();
    const segment = tracer().isTraceSampled() ? tracer().getSegment() : undefined;
    const subsegment = segment?.addNewSubsegment(`## ${context.functionName}`);
    recording = subsegment;
    if (subsegment) tracer().setSegment(subsegment);
    subsegment?.addAnnotation("ColdStart", cold);
    try {
      return await handle()(event, {
        log,
        message: (id) => {
          about.correlation_id = id;
          subsegment?.addAnnotation("messageId", id);
        },
        connection: (id) => {
          about.connectionId = id;
        },
        annotate: (key, value) => {
          about[key] = value;
          subsegment?.addAnnotation(key, value);
        },
        traceHeader: (sampled) => decidedHeader(process.env._X_AMZN_TRACE_ID ?? "", sampled, subsegment?.id),
      });
    } catch (error) {
      log.error("The invocation failed.", error as Error);
      subsegment?.addError(error as Error);
      throw error;
    } finally {
      recording = undefined;
      subsegment?.close();
      if (segment) tracer().setSegment(segment);
    }
  };
};
