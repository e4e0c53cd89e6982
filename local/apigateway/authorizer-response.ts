import * as v from "valibot";

const oneOrMore = v.union([v.string(), v.array(v.string())]);

/*
 * Strict, so that a statement that is not evaluated here (NotAction, NotResource, Condition) is an error and never
 * read as if it did not have that part.
 */
const statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(["Allow", "Deny"]),
  Action: oneOrMore,
  Resource: oneOrMore,
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const authorizerResponse = v.object({
  principalId: v.string(),
  policyDocument: v.strictObject({
    Version: v.optional(v.string()),
    Id: v.optional(v.string()),
    Statement: v.union([statement, v.array(statement)]),
  }),
  // Objects and arrays are not allowed, and fail the request.
  context: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});

export type AuthorizerResponse = v.InferOutput<typeof authorizerResponse>;

/** Reads an authorizer's answer, JSON text. @throws v.ValiError naming what is wrong with it. */
export const readAuthorizerResponse = (payload: string): AuthorizerResponse =>
  v.parse(v.pipe(v.string(), v.parseJson(), authorizerResponse), payload);

/** What later events show of it: the principal and the context, each value as text. */
export const authorizerContext = ({ principalId, context }: AuthorizerResponse): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(context ?? {}).map(([key, value]) => [key, String(value)])),
  principalId,
});

/** Whether the policy lets `methodArn` be invoked: some statement allows it and none denies it. */
export const allows = ({ policyDocument }: AuthorizerResponse, methodArn: string): boolean => {
  const matching = [policyDocument.Statement]
    .flat()
    .filter(
      ({ Action, Resource }) =>
        [Action].flat().some((action) => matches(action.toLowerCase(), "execute-api:invoke")) &&
        [Resource].flat().some((resource) => matches(resource, methodArn)),
    );
  return matching.some(({ Effect }) => Effect === "Allow") && matching.every(({ Effect }) => Effect === "Allow");
};

/** `*` is any text, `?` any character. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
