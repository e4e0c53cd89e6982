import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable, type Removed } from "./aws/connections.ts";
import { peopleTable } from "./aws/people.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { required } from "./runtime/environment.ts";
import { authorOf, type Identified } from "./runtime/identity.ts";
import { type Observation, observed } from "./runtime/observe.ts";
import { presence, type Stirred } from "./runtime/presence.ts";

interface Needs {
  readonly removeConnection: (connectionId: string) => Promise<Removed>;
  readonly countOut: (identity: string, connectionId: string) => Promise<void>;
  readonly stirred: Stirred;
}

type DisconnectEvent = {
  readonly requestContext: APIGatewayProxyWebsocketEventV2["requestContext"] & Identified;
};

/** The `$disconnect` route: leaves every room, and is no more counted. API Gateway runs it when it can; what it misses, `post` prunes. */
export const disconnect =
  ({ removeConnection, countOut, stirred }: Needs) =>
  async ({ requestContext }: DisconnectEvent, observe: Observation): Promise<APIGatewayProxyResultV2> => {
    const { connectionId } = requestContext;
    observe.connection(connectionId);
    const [{ rooms }] = await Promise.all([
      removeConnection(connectionId),
      countOut(authorOf(requestContext).id, connectionId),
    ]);
    await Promise.all(rooms.map((room) => stirred(room, observe)));
    return { statusCode: 200 };
  };

export const handler = observed(disconnect, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...peopleTable(client, required(ENVIRONMENT.peopleTable)),
    ...presence(client),
  };
});
