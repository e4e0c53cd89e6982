import { AwsError } from "../aws/error.ts";
import type { Json, JsonObject } from "../json.ts";

/** A parameter that SQS does not take, in its own words. */
export const invalidParameter = (name: string, value: Json | undefined, reason: string): AwsError =>
  new AwsError("InvalidParameterValue", `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

/** The text of a parameter that must be there. */
export const requiredText = (input: JsonObject, name: string): string => {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  throw new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
};

/** A whole number within bounds, or undefined where the parameter is left out. */
export const optionalInteger = (input: JsonObject, name: string, least: number, most: number): number | undefined => {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidParameter(name, value, `Must be >= ${least} and <= ${most}, if provided.`);
};

/** The texts of a list that may be left out. */
export const textsOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
