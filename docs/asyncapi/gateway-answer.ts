import * as v from "valibot";

/**
 * What API Gateway itself answers where it could not run a route; no function has a part in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
export const GatewayAnswer = v.object({
  message: v.pipe(
    v.string(),
    v.description(
      "For people: `Internal server error`, `Endpoint request timed out`, `Too Many Requests`. Ask again, with the same `ref`.",
    ),
  ),
  connectionId: v.string(),
  requestId: v.string(),
});
export type GatewayAnswer = v.InferOutput<typeof GatewayAnswer>;
