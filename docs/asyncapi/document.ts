import { connection, servers } from "./connection.ts";
import { sharedSchemas } from "./json-schema.ts";
import { messages } from "./messages.ts";
import { operations } from "./operations.ts";

const DESCRIPTION = [
  "Chat rooms of any size over one WebSocket.",
  "This is the server's view, which is the view that AsyncAPI 3 takes: `receive` is what a client sends, `send` is what members of a room get unasked, and `reply` is what the sender of a frame gets.",
  "Frames are JSON texts. API Gateway chooses the route by `message`; fields that are not named here are ignored. A frame whose `message` is none of these is answered with `error`.",
  "The schemas are those that the functions run. What JSON Schema cannot say, such as lengths in bytes, is in the descriptions, and refused all the same. What is promised beyond the shape of frames is in `docs/protocol.md`.",
].join("\n\n");

/** The AsyncAPI 3 document of the WebSocket protocol. https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
const asyncApiDocument = () => {
  const all = messages();
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Roomcast",
      version: "1.0.0",
      description: DESCRIPTION,
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    servers: servers(),
    channels: { connection: connection(Object.keys(all)) },
    operations: operations(),
    components: {
      messages: all,
      schemas: sharedSchemas(),
      correlationIds: {
        ref: {
          description: "The client's own id of its request. An answer has it where the request had a valid one.",
          location: "$message.payload#/ref",
        },
      },
    },
  };
};

/** The text of `docs/asyncapi.json`. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;
