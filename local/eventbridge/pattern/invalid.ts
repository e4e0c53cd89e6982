import { AwsError } from "../../aws/error.ts";

/** The error that EventBridge answers to a pattern it does not take. */
export const invalidPattern = (reason: string): AwsError =>
  new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);
