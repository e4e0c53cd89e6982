import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { traced } from "../runtime/observe.ts";

/**
 * A post can hang on a half-dead client until the function times out, and the SDK's `requestTimeout` alone only warns
 * (aws-sdk-js-v3, issues 6896 and 7632). Retrying is left to the state machine, which also waits.
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/** The stage's callback API; the SDK finds it by `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
export const callback = () => {
  const client = traced(new ApiGatewayManagementApiClient({ requestHandler, maxAttempts: 1 }));
  return {
    /** Posts a text frame to a connection. @throws the SDK's errors */
    postToConnection: async (connectionId: string, text: string): Promise<void> => {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
    },
  };
};
