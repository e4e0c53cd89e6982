import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import type { JsonObject } from "../json.ts";

const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);

const logging = v.strictObject({
  Destinations: v.optional(
    v.pipe(
      v.array(v.strictObject({ CloudWatchLogsLogGroup: v.strictObject({ LogGroupArn: v.string() }) })),
      v.maxLength(1),
    ),
    [],
  ),
  IncludeExecutionData: v.optional(v.boolean(), false),
  Level: v.optional(v.picklist(["ALL", "ERROR", "FATAL", "OFF"]), "OFF"),
});

/** Express machines whose definition is in the template. */
const stateMachine = v.pipe(
  v.strictObject({
    StateMachineName: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/, "must be 1 to 80 of A-Z a-z 0-9 - _"))),
    StateMachineType: v.literal("EXPRESS", "only EXPRESS is run here; STANDARD, the default, is not"),
    RoleArn: v.string(),
    /** JSON text. */
    DefinitionString: v.optional(v.string()),
    Definition: v.optional(jsonObject),
    /** What stands in the definition as `${name}`. */
    DefinitionSubstitutions: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
    LoggingConfiguration: v.optional(logging, {}),
    /** Decides about executions that begin without a trace: one that is sampled goes on either way. */
    TracingConfiguration: v.optional(v.strictObject({ Enabled: v.optional(v.boolean()) })),
    /** Kept by AWS for people and for bills: nothing happens with them here. */
    Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
  }),
  v.check(
    ({ DefinitionString, Definition }) => (DefinitionString === undefined) !== (Definition === undefined),
    "needs either DefinitionString or Definition",
  ),
);

/** An `AWS::StepFunctions::StateMachine`'s properties, with defaults. */
export type StateMachineProperties = v.InferOutput<typeof stateMachine>;

const nameOf = (resource: Identity) => {
  const name = resource.property("StateMachineName");
  return typeof name === "string" ? name : resource.generatedName;
};

const arnOf = (resource: Identity) =>
  `arn:${resource.partition}:states:${resource.region}:${resource.account}:stateMachine:${nameOf(resource)}`;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const resourceTypes = {
  "AWS::StepFunctions::StateMachine": {
    properties: stateMachine,
    ref: arnOf,
    attributes: { Arn: arnOf, Name: nameOf },
  } satisfies ResourceType<StateMachineProperties>,
};
