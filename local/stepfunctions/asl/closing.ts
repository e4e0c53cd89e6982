import type { Failure, Recording } from "../../xray/recording.ts";
import { ExecutionError } from "./errors.ts";

/** Closes what is recorded of some work when the work ends, with how it ended. Without a recording nothing is done. */
export const closing = <Result>(recording: Recording | undefined, work: Promise<Result>): Promise<Result> => {
  if (!recording) return work;
  return work.then(
    (result) => {
      recording.close();
      return result;
    },
    (failure) => {
      recording.close(failureOf(failure));
      throw failure;
    },
  );
};

/** Names of errors by which a service says that it was asked too often: X-Ray's `throttle`. */
const throttled = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded/;

/**
 * Only the error's name is told: its cause may repeat the execution's data, which is for the log group, and only where
 * it is asked for. What is aborted because something beside it failed has not failed itself.
 */
const failureOf = (failure: unknown): Failure | undefined => {
  if (!(failure instanceof ExecutionError)) return undefined;
  const { error: type = "" } = failure;
  return { type, as: throttled.test(type) ? "throttle" : "fault" };
};
