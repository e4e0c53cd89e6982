import { AwsError } from "../aws/error.ts";

/** A refusal that says what of a filter pattern was not understood. */
export const refusedPattern = (pattern: string, reason: string) =>
  new AwsError("InvalidParameterException", `Invalid filter pattern ${pattern}: ${reason}.`);

/** The text that stands between quotes, where a backslash makes the next character a plain one. */
export const unescaped = (quoted: string): string => quoted.replace(/\\(.)/g, "$1");
