import { AwsError } from "../aws/error.ts";
import type { Authorize, Principal } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import type { Faults } from "../faults/faults.ts";
import type { JsonObject } from "../json.ts";
import type { Log } from "../log.ts";
import { createAsynchronous } from "./asynchronous.ts";
import { createFunction, type LambdaFunction } from "./create-function.ts";
import type { Credentials } from "./environment-variables.ts";
import { asynchronousConfigs, type EventInvokeConfigProperties } from "./event-invoke-config.ts";
import { unqualifiedName } from "./function-name.ts";
import type { InvokeFunction, InvokeRequest } from "./invoke.ts";
import { functionLabels } from "./label.ts";
import { createMeasure } from "./measured-function.ts";
import { createProvider, reasonNotToRun } from "./provider.ts";
import type { FunctionProperties } from "./resources.ts";
import { createRest, type Rest } from "./rest.ts";
import type { RandomHex } from "./trace.ts";

/** What functions need of the rest of the runtime. */
export interface FunctionsNeeds {
  readonly functions: readonly Resource<FunctionProperties>[];
  /** The functions of custom resources, which are not run: by ARN, the type that each makes. */
  readonly providers: ReadonlyMap<string, string>;
  readonly eventInvokeConfigs: readonly Resource<EventInvokeConfigProperties>[];
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly putMetric: PutMetric;
  readonly randomHex: RandomHex;
  /** A new UUID, for a request's id. */
  newId(): string;
  /** A number from 0 to below 1. */
  random(): number;
  /** The most environments of one function; more invocations wait. */
  readonly maxConcurrency: number;
  /** How many of a function's invocations are run at once as long as each is quick. */
  readonly quickConcurrency: number;
  /** The folder that an asset's object is in. @throws where there is none */
  assetDirectory(bucket: string, key: string): string;
  /** @throws where the role's trust policy does not let `service` assume it */
  assume(service: string, roleArn: string, functionArn: string): void;
  /** A session of a role. */
  credentialsFor(roleArn: string, session: string): Credentials;
  readonly authorize: Authorize;
  /** The origin of the runtime's own port; asked when an environment starts. */
  endpoint(): string;
  /** `host:port` of the X-Ray daemon, if there is one. */
  xrayAddress(): string | undefined;
  /** Takes one log event, by the function itself or by Lambda about it, for the stream of its environment. */
  writeLog(logGroup: string, line: string, writer: "function" | "service", logStream: string): void;
  /** Sends the record of a failed asynchronous invocation to a queue. @throws AwsError where `principal` may not */
  sendRecord(queueArn: string, record: string, principal: Principal): Promise<void>;
  /** Takes a segment document. */
  recordSegment?(document: JsonObject): void;
}

/** The running functions. */
export interface Functions {
  readonly invoke: InvokeFunction;
  /**
   * Invokes as `InvocationType` Event does. Resolves once the invocation has ended for good, retries, and the record of
   * its failure, included; rejects where the runtime stops before.
   * @throws AwsError where Lambda does not take it: `ResourceNotFoundException`, `AccessDeniedException`,
   *   `RequestTooLargeException`
   */
  invokeAsynchronously(request: Omit<InvokeRequest, "signal">): Promise<void>;
  /** Lambda's Invoke, ListFunctions and reserved concurrency over HTTP. */
  readonly rest: Rest;
  /** Loads each function into one environment. */
  warm(): Promise<void>;
  /** Ends every environment, with what runs in it. */
  stop(): Promise<void>;
}

/**
 * Runs the template's functions.
 * @throws where a bundle is missing, a function's runtime is not here, or a role does not trust `lambda.amazonaws.com`: CloudFormation would not create
 *   such a function
 */
export const createFunctions = (needs: FunctionsNeeds): Functions => {
  const labels = functionLabels(needs.functions.map((one) => ({ name: one.ref, handler: one.properties.Handler })));
  const functions = new Map<string, LambdaFunction>();
  const measure = createMeasure(needs);
  const make = (one: Resource<FunctionProperties>): LambdaFunction => {
    const made = needs.providers.get(one.attribute("Arn"));
    if (made !== undefined) return createProvider(one, made);
    const reason = reasonNotToRun(one.properties);
    if (reason !== undefined) throw new Error(`${one.logicalId} cannot be run: ${reason}.`);
    return createFunction(needs, one, labels.get(one.ref) ?? one.ref);
  };
  for (const one of needs.functions) {
    needs.assume("lambda.amazonaws.com", one.properties.Role, one.attribute("Arn"));
    functions.set(one.ref, measure(make(one)));
  }

  const configs = asynchronousConfigs(needs.eventInvokeConfigs, new Set(functions.keys()));
  const asynchronous = createAsynchronous({ ...needs, configs });

  const find = (nameOrArn: string, principal: Principal, action = "lambda:InvokeFunction"): LambdaFunction => {
    const name = unqualifiedName(nameOrArn);
    const found = functions.get(name);
    const arn = found?.arn ?? `arn:aws:lambda:${needs.region}:${needs.account}:function:${name}`;
    needs.authorize(principal, [{ action, resource: arn }]);
    if (!found) throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    return found;
  };
  const list = (principal: Principal) => {
    needs.authorize(principal, [{ action: "lambda:ListFunctions", resource: "*" }]);
    return [...functions.values()];
  };
  return {
    invoke: async ({ functionName, principal, ...request }) =>
      find(functionName, principal).invoke({ ...request, requestId: needs.newId() }),
    invokeAsynchronously: async ({ functionName, principal, ...request }) =>
      asynchronous.start(find(functionName, principal), { ...request, requestId: needs.newId() }),
    rest: createRest({ find, list, requestId: needs.newId, asynchronous }),
    async warm() {
      await Promise.all([...functions.values()].map((one) => one.warm()));
    },
    async stop() {
      asynchronous.stop();
      await Promise.all([...functions.values()].map((one) => one.end()));
    },
  };
};
