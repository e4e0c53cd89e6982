import {
  type ConversionConfig,
  type JsonSchema,
  type OverrideRefContext,
  toJsonSchema,
  toJsonSchemaDefs,
} from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { Author, Head, PastMessage } from "../../functions/protocol/answers.ts";
import { RoomName } from "../../functions/protocol/room-name.ts";

/** What several frames share, by its name in the document. */
const SHARED = { Author, Head, PastMessage, RoomName };

const CONVERSION = {
  // AsyncAPI's Schema Object is a superset of this draft: https://www.asyncapi.com/docs/reference/specification/v3.0.0
  target: "draft-07" as const,
  // What is on the wire, before the functions transform it.
  typeMode: "input" as const,
  // JSON Schema cannot say what code checks, so the schema's description does. Whatever else cannot be said is thrown.
  ignoreActions: ["check"],
  overrideRef: ({ referenceId }: OverrideRefContext) => `#/components/schemas/${referenceId}`,
} satisfies ConversionConfig;

/** A schema of the protocol in JSON Schema, with references to the shared ones. @throws Error where it says less */
export const jsonSchemaOf = (schema: GenericSchema): JsonSchema => {
  const { $schema, $defs, ...converted } = toJsonSchema(schema, { ...CONVERSION, definitions: SHARED });
  return converted;
};

/** The shared schemas. */
export const sharedSchemas = (): Record<string, JsonSchema> => toJsonSchemaDefs(SHARED, CONVERSION);
