import type { ClientRequest } from "./client-request.ts";
import { contextValue, type RequestContext } from "./events.ts";

/** What CloudFormation takes as an identity source, by its own error message (aws/aws-cdk issue 18307). */
export const identitySourceForm = /^(?:route\.request\.(?:querystring|header)|stageVariables|context)\.[\w.-]+$/;

/**
 * Whether a request has what an identity source names, and not empty. Headers are found in any case.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
 */
export const hasIdentitySource = (
  source: string,
  request: ClientRequest,
  context: RequestContext,
  stageVariables: Readonly<Record<string, string>> = {},
): boolean => {
  const [, place = "", name = ""] = /^(route\.request\.\w+|\w+)\.(.+)$/.exec(source) ?? [];
  switch (place) {
    case "route.request.header":
      return Object.entries(request.headers.single).some(
        ([header, value]) => header.toLowerCase() === name.toLowerCase() && value !== "",
      );
    case "route.request.querystring":
      return filled(request.query.single, name);
    case "stageVariables":
      return filled(stageVariables, name);
    default:
      return contextValue(context, name) !== undefined;
  }
};

const filled = (values: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(values, name) && values[name] !== "";
