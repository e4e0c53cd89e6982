import { AwsError } from "../aws/error.ts";

/** White space, brackets, wildcards, control characters and what else a name must not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among them
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * Checks the name that a caller gives an execution.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @throws AwsError `InvalidName`
 */
export const checkName = (name: string): string => {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return name;
  throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
};
