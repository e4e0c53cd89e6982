import { createHash, randomUUID } from "node:crypto";
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { clientSecret, offeredProtocols } from "./protocol/subprotocols.ts";
import { observed } from "./runtime/observe.ts";

/** A guest's identity: the hash of the secret that the client made, so that it survives reconnects. */
export const guestId = (secret: string): string =>
  `guest-${createHash("sha256").update(secret).digest("base64url").slice(0, 22)}`;

/**
 * The authorizer of `$connect`, in guest mode: lets everybody in, and says who they are. Every later event carries what
 * it says, so identity never comes from a frame. What the client got wrong is `connect`'s to refuse: an authorizer can
 * answer 401 and 403 only.
 */
export const authorize =
  (needs: { newSecret: () => string }) =>
  async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const { methodArn, queryStringParameters, headers } = event;
    const query = queryStringParameters ?? {};
    const secret = clientSecret(query, offeredProtocols(headers ?? {})) ?? needs.newSecret();
    return {
      principalId: guestId(secret),
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
      },
      context: { name: query.name ?? "" },
    };
  };

export const handler = observed(authorize, () => ({ newSecret: randomUUID }));
