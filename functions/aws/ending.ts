import { ApiGatewayManagementApiClient, DeleteConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { traced } from "../runtime/observe.ts";

/** The part of the stage's callback API that ends connections; the SDK finds it as it does for posts. */
export const ending = () => {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
  const client = traced(new ApiGatewayManagementApiClient({ requestHandler }));
  return {
    /**
     * Ends a connection: its client is told by a close frame, and its `$disconnect` runs.
     * @returns false where there is none: it has ended, or its `$connect` has not answered yet
     * @throws the SDK's errors
     */
    endConnection: async (connectionId: string): Promise<boolean> => {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
        return true;
      } catch (error) {
        if ((error as Error).name === "GoneException") return false;
        throw error;
      }
    },
  };
};
