import { AwsError } from "../aws/error.ts";
import { isTooDeep, type Json, MOST_LEVELS } from "../json.ts";
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
 * @throws AwsError `ValidationException` for more than 256 KiB, `InvalidExecutionInput` for what is not JSON, or
 *   nests too deep
 */
export const parseInput = (text: string): Json => {
  checkBytes(Buffer.byteLength(text));
  const input = parseJson(text);
  if (isTooDeep(input, text)) throw invalidInput(`nests more than ${MOST_LEVELS} levels`);
  return input;
};

const parseJson = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidInput((error as Error).message);
  }
};

const invalidInput = (why: string): AwsError =>
  new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${why}'`);

const checkBytes = (bytes: number) => {
  if (bytes <= payloadLimit) return;
  throw invalidValue(
    `Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${payloadLimit}`,
  );
};
