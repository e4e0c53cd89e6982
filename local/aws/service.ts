import type { JsonObject } from "../json.ts";

/**
 * An AWS service with a JSON protocol as the runtime sees it. Every call comes through one door, from a function's
 * SDK over HTTP as from a state machine's task in process, so every call is authorized the same way.
 */
export interface AwsService {
  /** The service in a SigV4 credential scope: `dynamodb`, `events`, `states`, `sqs`, `logs`. */
  readonly signingName: string;
  /** What stands before the dot in `X-Amz-Target`, for example `DynamoDB_20120810`. */
  readonly targetPrefix: string;
  /** `application/x-amz-json-…`. */
  readonly jsonVersion: "1.0" | "1.1";
  /** What IAM must allow before `action` runs with this input. */
  permissions(action: string, input: JsonObject): readonly Permission[];
  /** Runs one action, for example `Query`. @throws AwsError, `UnknownOperationException` for one it does not have. */
  call(action: string, input: JsonObject, context: CallContext): Promise<JsonObject>;
}

/** One thing that somebody may or may not do. */
export interface Permission {
  /** For example `dynamodb:Query`. */
  readonly action: string;
  /** The ARN it is done to, or `*` for actions without one. */
  readonly resource: string;
  /** Condition keys and their values, for example `events:source`. */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
}

/** Who calls, and in which trace. */
export interface CallContext {
  readonly principal: Principal;
  /** The caller's `X-Amzn-Trace-Id`, where it sent one. */
  readonly traceHeader?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A role of the template, an AWS service acting by itself, or the operator at the keyboard. */
export type Principal =
  | {
      readonly kind: "role";
      readonly roleArn: string /** The role session: a function's or an execution's name. */;
      readonly session: string;
    }
  | {
      readonly kind: "service" /** For example `apigateway.amazonaws.com`. */;
      readonly name: string;
      readonly sourceArn: string;
    }
  | { readonly kind: "operator" };

/**
 * Asks IAM. Resolves when `principal` may do all of `permissions`.
 * @throws AwsError `AccessDeniedException` (403) naming principal, action and resource as AWS does.
 */
export type Authorize = (principal: Principal, permissions: readonly Permission[]) => void;

/** Calls a service by its signing name, after asking IAM. */
export type CallService = (
  service: string,
  action: string,
  input: JsonObject,
  context: CallContext,
) => Promise<JsonObject>;
