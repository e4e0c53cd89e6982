import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { authorize } from "../../functions/authorize.ts";

const guests = authorize({ newSecret: () => "made here" });

/** The identity that a guest gets for this query and these subprotocols. */
const identify = async (query?: Record<string, string>, protocols?: string) => {
  const event = {
    methodArn: "arn:aws:execute-api:us-east-1:123456789012:abcd123/dev/$connect",
    queryStringParameters: query,
    headers: protocols === undefined ? {} : { "Sec-WebSocket-Protocol": protocols },
  };
  return guests(event as unknown as APIGatewayRequestAuthorizerEvent);
};

const secret = "c2VjcmV0LW9mLWFubi0xMjM0";

test("the same secret is the same guest, whichever way it is offered", async () => {
  const [query, subprotocol] = [
    await identify({ client: secret }),
    await identify({}, `roomcast.v1, client.${secret}`),
  ];
  expect(query.principalId).toBe(subprotocol.principalId);
  expect(query.principalId).toMatch(/^guest-[\w-]{22}$/);
  expect(JSON.stringify(query)).not.toContain(secret);
});

test("another secret is another guest", async () => {
  expect((await identify({ client: secret })).principalId).not.toBe(
    (await identify({ client: `${secret}!` })).principalId,
  );
});

test("a guest without a secret or a name is let in", async () => {
  expect(await identify(undefined)).toMatchObject({
    principalId: expect.stringMatching(/^guest-/),
    policyDocument: { Statement: [{ Effect: "Allow" }] },
    context: { name: "" },
  });
});
