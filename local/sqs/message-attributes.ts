import { createHash } from "node:crypto";
import { AwsError } from "../aws/error.ts";
import { isJsonObject, type Json } from "../json.ts";

/** A message's own attribute, as SQS's JSON protocol carries it: binary values are base64 text. */
export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};
export type MessageAttributes = { readonly [name: string]: MessageAttribute };

const MOST_ATTRIBUTES = 10;

export const md5 = (content: string | Buffer): string => createHash("md5").update(content).digest("hex");

/** @throws AwsError `InvalidParameterValue` naming the attribute that SQS would not take. */
export const readAttributes = (input: Json | undefined): MessageAttributes => {
  if (input === undefined || input === null) return {};
  if (!isJsonObject(input) || Object.keys(input).length > MOST_ATTRIBUTES) {
    throw refused(`Number of message attributes exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  }
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, readAttribute(name, value)]));
};

const readAttribute = (name: string, value: Json): MessageAttribute => {
  const { DataType, StringValue, BinaryValue } = isJsonObject(value) ? value : {};
  if (typeof DataType !== "string" || !/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw refused(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const content = DataType.startsWith("Binary") ? BinaryValue : StringValue;
  if (typeof content !== "string" || content === "") {
    throw refused(`The message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
  }
  return DataType.startsWith("Binary") ? { DataType, BinaryValue: content } : { DataType, StringValue: content };
};

const contentOf = ({ BinaryValue, StringValue = "" }: MessageAttribute) =>
  BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue, "base64");

/** What attributes add to a message's size, in bytes: names, types and values. */
export const attributesSize = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value.DataType) + contentOf(value).length,
    0,
  );

/**
 * The digest that SDKs check, in the order of the names: lengths as 4 bytes, then name, type, a byte that is 1 for
 * text and 2 for binary, and the value.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const parts = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => [
      ...withLength(Buffer.from(name)),
      ...withLength(Buffer.from(value.DataType)),
      Buffer.from([value.BinaryValue === undefined ? 1 : 2]),
      ...withLength(contentOf(value)),
    ]);
  return parts.length > 0 ? md5(Buffer.concat(parts)) : undefined;
};

const withLength = (bytes: Buffer): Buffer[] => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};

/** Those that a receiver asks for: by name, by `prefix.*`, or all by `All` or `.*`. */
export const chosenAttributes = (attributes: MessageAttributes, asked: readonly string[]): MessageAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => asked.some((pattern) => isAsked(pattern, name))));

const isAsked = (pattern: string, name: string) =>
  pattern === "All" ||
  pattern === ".*" ||
  pattern === name ||
  (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -2)));

const refused = (message: string) => new AwsError("InvalidParameterValue", message);
