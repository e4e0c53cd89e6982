import { type Schema, Validator } from "@cfworker/json-schema";

/** Whether a message's text is a JSON value that a route's request model allows. */
export type RequestModel = (text: string) => boolean;

/**
 * Makes the check of a request model, whose schema is JSON Schema draft 4.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export const createRequestModel = (schema: unknown): RequestModel => {
  const validator = new Validator(schema as Schema, "4");
  return (text) => {
    try {
      return validator.validate(JSON.parse(text)).valid;
    } catch {
      return false;
    }
  };
};
