import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { tablesClient } from "./aws/clients.ts";
import { connectionsTable, type Membership } from "./aws/connections.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import { parseConnect } from "./protocol/connect-query.ts";
import { Refusal } from "./protocol/refusal.ts";
import { permit } from "./protocol/rights.ts";
import { offeredProtocols, SUBPROTOCOL } from "./protocol/subprotocols.ts";
import { type Admission, admissions } from "./runtime/admission.ts";
import { required } from "./runtime/environment.ts";
import { authorOf, type Identified, rightsOf, validUntilOf } from "./runtime/identity.ts";
import { type Observation, observed } from "./runtime/observe.ts";
import { presence, type Stirred } from "./runtime/presence.ts";

/** What an upgrade brings. API Gateway's types leave it out: only `$connect` has headers and a query. */
export type ConnectEvent = {
  readonly requestContext: APIGatewayProxyWebsocketEventV2["requestContext"] & Identified;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
};

interface Needs extends Admission {
  readonly addMember: (member: Membership) => Promise<void>;
  readonly stirred: Stirred;
}

/**
 * The `$connect` route: counts the connection among its person's, and joins the room that the query names, if any. The
 * connection does not exist before this has answered, so nothing can be posted to it here.
 * @returns 200 with the subprotocol, if the client offered it; 400 when the query is wrong, 403 when the token does not
 *   allow the room or the person is barred, 429 when they have too many connections. A client sees the status only, so
 *   the reason is in the log.
 */
export const connect =
  ({ addMember, stirred, admit, countOut }: Needs) =>
  async (event: ConnectEvent, observe: Observation): Promise<APIGatewayProxyResultV2> => {
    const { requestContext } = event;
    const { connectionId, connectedAt } = requestContext;
    observe.connection(connectionId);
    const offered = offeredProtocols(event.headers);
    try {
      const { room } = parseConnect(event.queryStringParameters ?? {}, offered);
      if (room !== undefined) {
        observe.annotate("room", room);
        permit(rightsOf(requestContext), "join", room);
      }
      const member = authorOf(requestContext);
      const turned = await admit(member.id, { connectionId, connectedAt });
      if (turned) {
        const { statusCode, reason } = turned;
        observe.log.info("Turned a connection away.", { identity: member.id, statusCode, reason });
        return { statusCode, body: reason };
      }
      if (room !== undefined) {
        const validUntil = validUntilOf(requestContext);
        try {
          await addMember({ connectionId, room, connectedAt, member, validUntil });
        } catch (error) {
          // It does not come about, and nobody will tell of its end: it would count against its person for two hours.
          await countOut(member.id, connectionId);
          throw error;
        }
        await stirred(room, observe);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      observe.log.info("Refused a connection.", { code: error.code, reason: error.message });
      return { statusCode: error.code === "FORBIDDEN" ? 403 : 400, body: error.message };
    }
    return {
      statusCode: 200,
      ...(offered.includes(SUBPROTOCOL) && { headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } }),
    };
  };

export const handler = observed(connect, () => {
  const client = tablesClient();
  return {
    ...connectionsTable(client, required(ENVIRONMENT.connectionsTable)),
    ...presence(client),
    ...admissions(client),
  };
});
