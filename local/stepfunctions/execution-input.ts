import { AwsError } from "../aws/error.ts";
import type { Json } from "../json.ts";
import { payloadBytes, payloadLimit } from "./asl/payload.ts";

/** A value that the API's model does not take, in AWS's words. */
export const invalidValue = (constraint: string): AwsError =>
  new AwsError("ValidationException", `1 validation error detected: ${constraint}`);

/**
 * Checks that an execution may begin with this input.
 * @throws AwsError `ValidationException` for more than 256 KiB
 */
export const checkInput = (input: Json): Json => {
  checkBytes(payloadBytes(input));
  return input;
};

/**
 * Reads an execution's input.
 * @throws AwsError `ValidationException` for more than 256 KiB, `InvalidExecutionInput` for what is not JSON
 */
export const parseInput = (text: string): Json => {
  checkBytes(Buffer.byteLength(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
};

const checkBytes = (bytes: number) => {
  if (bytes <= payloadLimit) return;
  throw invalidValue(
    `Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${payloadLimit}`,
  );
};
