import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { traced } from "../runtime/observe.ts";
import { oneEndpoint } from "./one-endpoint.ts";
import { Sha256 } from "./sha256.ts";

/**
 * A post can hang on a half-dead client until the function times out, and the SDK's `requestTimeout` alone only warns
 * (aws-sdk-js-v3, issues 6896 and 7632).
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/**
 * Takes out two of the SDK's steps, which are a tenth of its CPU: retries, which are the state machine's, since it also
 * waits; and the header that describes the SDK, which nobody reads here. Should the SDK move a step, the client is not
 * made.
 */
const withoutRetries = (client: ApiGatewayManagementApiClient): ApiGatewayManagementApiClient => {
  const passOn = <Step>(next: Step): Step => next;
  const { middlewareStack } = client;
  middlewareStack.add(passOn, { name: "retryMiddleware", step: "finalizeRequest", priority: "high", override: true });
  middlewareStack.add(passOn, { name: "getUserAgentMiddleware", step: "build", priority: "low", override: true });
  return client;
};

/**
 * The stage's callback API; the SDK finds it by `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. Posts are most of what the
 * application computes, so the client does not do anew for each what comes out the same (`npm run bench -- post`).
 */
export const callback = () => {
  const client = new ApiGatewayManagementApiClient({ requestHandler, cacheMiddleware: true, sha256: Sha256 });
  traced(oneEndpoint(withoutRetries(client)));
  return {
    /** Posts a text frame to a connection. @throws the SDK's errors */
    postToConnection: async (connectionId: string, text: string): Promise<void> => {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
    },
  };
};
