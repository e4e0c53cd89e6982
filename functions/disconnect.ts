import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable } from "./aws/connections.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { required } from "./runtime/environment.ts";
import { observed } from "./runtime/observe.ts";

interface Needs {
  readonly removeConnection: (connectionId: string) => Promise<void>;
}

/** The `$disconnect` route: leaves every room. API Gateway runs it when it can; what it misses, `post` prunes. */
export const disconnect =
  ({ removeConnection }: Needs) =>
  async ({ requestContext }: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> => {
    await removeConnection(requestContext.connectionId);
    return { statusCode: 200 };
  };

export const handler = observed(disconnect, () =>
  connectionsTable(tablesClient(), required(ENVIRONMENT.connectionsTable)),
);
