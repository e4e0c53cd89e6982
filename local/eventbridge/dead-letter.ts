import { AwsError } from "../aws/error.ts";

/** Why EventBridge gave a delivery up. */
export interface GivenUp {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly error: unknown;
  readonly retries: number;
  /** The part of the retry policy that ended it; not there for an error that is not retried. */
  readonly exhausted?: string;
}

/**
 * The attributes of a message in a rule's dead-letter queue; its body is the event itself.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export const deadLetterAttributes = (givenUp: GivenUp): Record<string, string> => ({
  RULE_ARN: givenUp.ruleArn,
  TARGET_ARN: givenUp.targetArn,
  ERROR_CODE: errorCode(givenUp.error),
  ERROR_MESSAGE: messageOf(givenUp.error),
  ...(givenUp.exhausted && { EXHAUSTED_RETRY_CONDITION: givenUp.exhausted }),
  RETRY_ATTEMPTS: String(givenUp.retries),
});

/**
 * Says whether trying again could help. Where the permission or the target is missing it could not, until a person
 * does something, and EventBridge gives up at once.
 */
export const isWorthRetrying = (error: unknown): boolean =>
  !["NO_PERMISSIONS", "NO_RESOURCE"].includes(errorCode(error));

/** The documented codes for what a target of one machine can answer. */
const errorCode = (error: unknown): string => {
  const name = error instanceof AwsError ? error.name : "";
  if (/AccessDenied/.test(name)) return "NO_PERMISSIONS";
  if (/DoesNotExist|NotFound|NonExistent/.test(name)) return "NO_RESOURCE";
  if (/Throttl|TooManyRequests|LimitExceeded/.test(name)) return "THROTTLING";
  if (/Timeout|TimedOut/.test(name)) return "TIMEOUT";
  if (/Invalid|Validation/.test(name)) return "INVALID_PARAMETER";
  return name === "" ? "UNKNOWN" : "ERROR_FROM_TARGET";
};

const messageOf = (error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  // SQS refuses an attribute that is empty.
  return message === "" ? "Unknown" : message;
};
