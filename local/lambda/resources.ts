import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import { eventInvokeConfig } from "./event-invoke-config.ts";

const runtimes = ["nodejs24.x", "nodejs22.x"] as const;
/** Not run, but for custom resources, whose functions are not run at all. */
const otherRuntimes = ["python3.13", "python3.14"] as const;

/** Without a format, Lambda writes text and has no levels; it refuses them too. */
const loggingConfig = v.pipe(
  v.strictObject({
    LogGroup: v.optional(v.string()),
    LogFormat: v.optional(v.picklist(["Text", "JSON"]), "Text"),
    ApplicationLogLevel: v.optional(v.picklist(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])),
    // DEBUG adds platform events (initStart, runtimeDone, …) that this runtime does not write.
    SystemLogLevel: v.optional(v.picklist(["INFO", "WARN"])),
  }),
  v.check(
    (config) => config.LogFormat === "JSON" || !(config.ApplicationLogLevel || config.SystemLogLevel),
    "ApplicationLogLevel and SystemLogLevel need LogFormat JSON.",
  ),
);

const functionProperties = v.strictObject({
  Code: v.strictObject({ S3Bucket: v.string(), S3Key: v.string() }),
  Handler: v.string(),
  Runtime: v.picklist([...runtimes, ...otherRuntimes], `Only ${runtimes.join(" and ")} run here.`),
  Role: v.string(),
  FunctionName: v.optional(v.string()),
  Timeout: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(900)), 3),
  MemorySize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(128), v.maxValue(10_240)), 128),
  Environment: v.optional(v.strictObject({ Variables: v.optional(v.record(v.string(), v.string()), {}) })),
  TracingConfig: v.optional(v.strictObject({ Mode: v.picklist(["Active", "PassThrough"]) })),
  LoggingConfig: v.optional(loggingConfig, {}),
  ReservedConcurrentExecutions: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  // Refused as the functions start, but for custom resources.
  Layers: v.optional(v.array(v.string()), []),
  // A bundle of JavaScript runs on the processor that is there.
  Architectures: v.optional(v.array(v.picklist(["arm64", "x86_64"]))),
  // The machine's own temporary folder is larger than any that can be asked for.
  EphemeralStorage: v.optional(v.strictObject({ Size: v.number() })),
  // For people and bills.
  Description: v.optional(v.string()),
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

/** `AWS::Lambda::Function`, with its defaults filled in. */
export type FunctionProperties = v.InferOutput<typeof functionProperties>;

const nameOf = (resource: Identity): string => {
  const given = resource.property("FunctionName");
  return typeof given === "string" ? given : resource.generatedName.slice(0, 64);
};

export const lambdaFunction: ResourceType<FunctionProperties> = {
  properties: functionProperties,
  ref: nameOf,
  attributes: {
    Arn: (resource) =>
      `arn:${resource.partition}:lambda:${resource.region}:${resource.account}:function:${nameOf(resource)}`,
  },
};

const layerName = (resource: Identity): string =>
  `arn:${resource.partition}:lambda:${resource.region}:${resource.account}:layer:${resource.generatedName}:1`;

/** A layer, which only functions of custom resources have here, and those are not run. */
const layerVersion: ResourceType = {
  properties: v.strictObject({
    Content: v.strictObject({ S3Bucket: v.string(), S3Key: v.string() }),
    Description: v.optional(v.string()),
    CompatibleRuntimes: v.optional(v.array(v.string())),
    CompatibleArchitectures: v.optional(v.array(v.string())),
    LayerName: v.optional(v.string()),
    LicenseInfo: v.optional(v.string()),
  }),
  ref: layerName,
  attributes: { LayerVersionArn: layerName },
};

/** The resource types of Lambda that run here. */
export const resourceTypes: Record<string, ResourceType> = {
  "AWS::Lambda::LayerVersion": layerVersion,
  "AWS::Lambda::Function": lambdaFunction,
  "AWS::Lambda::EventInvokeConfig": eventInvokeConfig,
};
