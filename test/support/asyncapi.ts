import { readFileSync } from "node:fs";
import { type Schema, Validator } from "@cfworker/json-schema";

/** `docs/asyncapi.json`. */
export const asyncApi = JSON.parse(readFileSync(new URL("../../docs/asyncapi.json", import.meta.url), "utf8"));

/** What is wrong with a frame by the schema that the document has of a message, and nothing where it is right. */
export const faultsOf = (message: string, frame: unknown): string[] => {
  const $ref = `#/components/messages/${message}/payload`;
  const validator = new Validator({ components: asyncApi.components, $ref } as Schema, "7", false);
  return validator.validate(frame).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
};

/** The messages by which an operation may be answered. */
export const repliesOf = (operation: string): string[] => asyncApi.operations[operation].reply.messages.map(nameOf);

/** The messages that the server sends unasked. */
export const sentMessages = (): string[] =>
  Object.values<{ action: string; messages: Reference[] }>(asyncApi.operations)
    .filter(({ action }) => action === "send")
    .flatMap(({ messages }) => messages.map(nameOf));

interface Reference {
  readonly $ref: string;
}

const nameOf = ({ $ref }: Reference) => $ref.slice($ref.lastIndexOf("/") + 1);
