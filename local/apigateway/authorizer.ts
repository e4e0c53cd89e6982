import type { Log } from "../log.ts";
import { allows, authorizerContext, readAuthorizerResponse } from "./authorizer-response.ts";
import type { ClientRequest } from "./client-request.ts";
import { errorDetails } from "./error-details.ts";
import { authorizerEvent, type RequestContext } from "./events.ts";
import type { createCallFunction } from "./function-call.ts";
import { hasIdentitySource } from "./identity-source.ts";
import type { Authorizer, Stage } from "./stage.ts";

/** The connection's `requestContext.authorizer`, or the HTTP status of the refusal. */
export type Authorization =
  | { readonly status: 200; readonly context: Readonly<Record<string, string>> }
  | { readonly status: 401 | 403 | 500 };

/**
 * Asks a Lambda REQUEST authorizer whether a connection may be opened: 401 where an identity source is missing
 * (nothing is invoked) or the function fails with just `Unauthorized`, 403 where its policy does not allow the route,
 * 500 where it fails otherwise or answers with something else than a policy.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
export const createAuthorize =
  ({
    callFunction,
    timeoutMs,
    log,
  }: {
    callFunction: ReturnType<typeof createCallFunction>;
    timeoutMs: number;
    log: Log;
  }) =>
  async (
    authorizer: Authorizer,
    stage: Stage,
    context: RequestContext,
    request: ClientRequest,
  ): Promise<Authorization> => {
    const identified = authorizer.identitySources.every((source) =>
      hasIdentitySource(source, request, context, stage.variables),
    );
    if (!identified) return { status: 401 };
    const event = authorizerEvent(stage, context, request);
    const { functionArn, arn: sourceArn } = authorizer;
    const answer = await callFunction({ functionArn, sourceArn, event, timeoutMs });
    if (answer.failure) {
      const { failure, errorMessage } = answer;
      return { status: failure === "function-error" && errorMessage === "Unauthorized" ? 401 : 500 };
    }
    try {
      const response = readAuthorizerResponse(answer.payload);
      return allows(response, event.methodArn)
        ? { status: 200, context: authorizerContext(response) }
        : { status: 403 };
    } catch (error) {
      const message = `authorizer ${functionArn.split(":")[6]} did not answer with a principal and a policy`;
      log({ level: "error", from: "websocket", message, details: errorDetails(error) });
      return { status: 500 };
    }
  };
