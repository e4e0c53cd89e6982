import type { Json } from "../../json.ts";
import { ExecutionError } from "./errors.ts";

/**
 * What one input, result, output or Assign may hold: bytes of JSON in UTF-8.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const payloadLimit = 256 * 1024;

/**
 * Payloads are never changed once made, so each part of one is measured once: a large variable that goes into the
 * Arguments of a thousand iterations costs no more than in one.
 */
const sizes = new WeakMap<object, number>();

/** To measure anew costs less than to remember. */
const smallBytes = 128;

/** Bytes of the value as JSON text. */
export const payloadBytes = (value: Json): number => {
  if (typeof value === "string") return textBytes(value);
  if (typeof value === "number") return String(value).length;
  if (typeof value === "boolean" || value === null) return value === false ? "false".length : "true".length;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let bytes = 2;
  if (Array.isArray(value)) for (const item of value) bytes += payloadBytes(item) + 1;
  else for (const name of Object.keys(value)) bytes += textBytes(name) + payloadBytes(value[name] ?? null) + 2;
  // No comma behind the last.
  if (bytes > 2) bytes--;
  if (bytes > smallBytes) sizes.set(value, bytes);
  return bytes;
};

/** Printable ASCII without quote and backslash is written as it is, a byte each. */
const asWritten = /^[ !#-[\]-~]*$/;

const textBytes = (text: string): number =>
  asWritten.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text));

/**
 * What is left of an expression's result as JSON, which is how one state hands it to the next: JSONata marks its
 * arrays (`sequence`, `keepSingleton`) and treats marked ones differently when it meets them again.
 * @returns undefined for nothing and for a function.
 */
export const asPayload = (value: unknown): Json | undefined => {
  if (typeof value === "number") return value + 0; // JSON has no -0
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object") return undefined;
  if (sizes.has(value)) return value as Json;
  const text = JSON.stringify(value);
  const payload: Json = JSON.parse(text);
  if (typeof payload === "object" && payload !== null) sizes.set(payload, Buffer.byteLength(text));
  return payload;
};

/**
 * The value, when it fits.
 * @param holder who made it, in the words of AWS: `state/task 'Deliver'`.
 * @throws ExecutionError `States.DataLimitExceeded`
 */
export const withinLimit = <Value extends Json>(value: Value, holder: string): Value => {
  if (payloadBytes(value) <= payloadLimit) return value;
  throw new ExecutionError(
    "States.DataLimitExceeded",
    `The ${holder} returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
};
