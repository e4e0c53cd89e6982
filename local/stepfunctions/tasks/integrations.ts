import type { CallService } from "../../aws/service.ts";
import type { Json } from "../../json.ts";
import type { InvokeFunction } from "../../lambda/invoke.ts";
import type { FindIntegration, Integration } from "../asl/integration.ts";
import { awsSdk, awsSdkServices } from "./aws-sdk.ts";
import { lambdaFunction, lambdaInvoke, lambdaInvokeFields } from "./lambda.ts";
import { optimized, optimizedFields, optimizedIntegrations } from "./optimized.ts";
import { recordingCalls } from "./recorded-call.ts";

/** What tasks call. */
export interface IntegrationNeeds {
  readonly callService: CallService;
  readonly invoke: InvokeFunction;
  uuid(): string;
}

const functionArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/;
const integrationArn = /^arn:[\w-]+:states:::(?<name>[\w:-]+?)(?<pattern>\.sync(:2)?|\.waitForTaskToken)?$/;

/** Finds the integration that a Resource stands for, and says why one is not run here. */
export const createIntegrations = ({ callService, invoke, uuid }: IntegrationNeeds): FindIntegration => {
  const find = (name: string): Integration | undefined => {
    if (name === "lambda:invoke") return lambdaInvoke(invoke);
    const [kind, service = "", action = ""] = name.split(":");
    return kind === "aws-sdk" && action ? awsSdk(callService, service, action) : optimized(callService, uuid, name);
  };
  return (resource, args) => {
    if (functionArn.test(resource)) return recordingCalls(lambdaFunction(invoke, resource));
    const { name, pattern } = integrationArn.exec(resource)?.groups ?? {};
    if (pattern) return `${pattern} is not run here: Express machines have request-response tasks only`;
    if (name === undefined)
      return `${resource} is not a function's ARN nor an integration (activities are not run here)`;
    const unknownField = fieldProblem(name, args);
    if (unknownField) return unknownField;
    const found = find(name);
    return found ? recordingCalls(found) : `${name} is not run here; what is: ${known.join(", ")}`;
  };
};

const known = ["lambda:invoke", ...optimizedIntegrations, ...awsSdkServices.map((name) => `aws-sdk:${name}:*`)];

/** Literal Arguments of an optimized integration are checked as AWS checks them, when the machine is created. */
const fieldProblem = (name: string, args: Json | undefined): string | undefined => {
  const fields = name === "lambda:invoke" ? lambdaInvokeFields : optimizedFields(name);
  if (!fields || typeof args !== "object" || args === null || Array.isArray(args)) return undefined;
  const unknown = Object.keys(args).find((field) => !fields.includes(field));
  return unknown && `the field ${unknown} is not supported by ${name} here; what is: ${fields.join(", ")}`;
};
