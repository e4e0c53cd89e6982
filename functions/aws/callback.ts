import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { traced } from "../runtime/observe.ts";
import { oneEndpoint } from "./one-endpoint.ts";
import { Sha256 } from "./sha256.ts";

/**
 * A post can hang on a half-dead client until the function times out, and the SDK's `requestTimeout` alone only warns
 * (aws-sdk-js-v3, issues 6896 and 7632). Retrying is left to the state machine, which also waits.
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/**
 * The stage's callback API; the SDK finds it by `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. Posts are most of what the
 * application computes, so the client does not do anew for each what comes out the same (`npm run bench -- post`).
 */
export const callback = () => {
  const options = { requestHandler, maxAttempts: 1, cacheMiddleware: true, sha256: Sha256 };
  const client = traced(oneEndpoint(new ApiGatewayManagementApiClient(options)));
  return {
    /** Posts a text frame to a connection. @throws the SDK's errors */
    postToConnection: async (connectionId: string, text: string): Promise<void> => {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
    },
  };
};
