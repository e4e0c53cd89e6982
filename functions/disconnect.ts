import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable, type Removed } from "./aws/connections.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { required } from "./runtime/environment.ts";
import { type Observation, observed } from "./runtime/observe.ts";
import { presence, type Stirred } from "./runtime/presence.ts";

interface Needs {
  readonly removeConnection: (connectionId: string) => Promise<Removed>;
  readonly stirred: Stirred;
}

/** The `$disconnect` route: leaves every room. API Gateway runs it when it can; what it misses, `post` prunes. */
export const disconnect =
  ({ removeConnection, stirred }: Needs) =>
  async (
    { requestContext }: APIGatewayProxyWebsocketEventV2,
    observe: Observation,
  ): Promise<APIGatewayProxyResultV2> => {
    const { connectionId } = requestContext;
    observe.connection(connectionId);
    const { rooms } = await removeConnection(connectionId);
    await Promise.all(rooms.map((room) => stirred(room, observe)));
    return { statusCode: 200 };
  };

export const handler = observed(disconnect, () => {
  const client = tablesClient();
  return { ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)), ...presence(client) };
});
