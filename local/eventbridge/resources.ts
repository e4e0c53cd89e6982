import * as v from "valibot";
import { jsonObject } from "../cloudformation/json-object.ts";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import type { Json } from "../json.ts";
import { inputPathForm } from "./target-input.ts";

const arn = v.pipe(v.string(), v.startsWith("arn:"));
const integer = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
/** Kept by AWS for people and for bills: nothing happens with them here. */
const tags = v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() })));

const eventBus = v.strictObject({
  Name: v.string(),
  Description: v.optional(v.string()),
  /** Encryption at rest changes nothing that can be observed on one machine. */
  KmsKeyIdentifier: v.optional(v.string()),
  Tags: tags,
});

const target = v.strictObject({
  Id: v.string(),
  Arn: arn,
  RoleArn: v.optional(arn),
  Input: v.optional(v.pipe(v.string(), v.check(isJson, "Input must be JSON text"))),
  InputPath: v.optional(v.pipe(v.string(), v.regex(inputPathForm, "InputPath must be like $.detail.field"))),
  RetryPolicy: v.optional(
    v.strictObject({
      MaximumRetryAttempts: v.optional(integer(0, 185)),
      MaximumEventAgeInSeconds: v.optional(integer(60, 86_400)),
    }),
  ),
  DeadLetterConfig: v.optional(v.strictObject({ Arn: arn })),
});

const rule = v.strictObject({
  Name: v.optional(v.string()),
  Description: v.optional(v.string()),
  EventBusName: v.optional(v.string()),
  EventPattern: jsonObject,
  State: v.optional(v.picklist(["ENABLED", "DISABLED"]), "ENABLED"),
  Targets: v.optional(v.pipe(v.array(target), v.maxLength(5)), []),
  Tags: tags,
});

/** The statement form only: the older Action, Principal and Condition are refused by name. Read by IAM's evaluation. */
const eventBusPolicy = v.strictObject({
  StatementId: v.string(),
  Statement: jsonObject,
  EventBusName: v.optional(v.string()),
});

export type EventBusProperties = v.InferOutput<typeof eventBus>;
export type RuleProperties = v.InferOutput<typeof rule>;
export type TargetProperties = v.InferOutput<typeof target>;

/** The ARN of anything on a bus of this account. */
export const eventsArn = (place: Pick<Identity, "partition" | "region" | "account">, path: string): string =>
  `arn:${place.partition}:events:${place.region}:${place.account}:${path}`;

const ruleName = (resource: Identity) => textOr(resource.property("Name"), resource.generatedName);
const textOr = (value: Json | undefined, otherwise: string) => (typeof value === "string" ? value : otherwise);

/** The bus that a rule listens to: a template gives its name or its ARN, and the account's own where it gives none. */
const busNameOf = (resource: Identity) => busName(textOr(resource.property("EventBusName"), "default"));

/** The name in `my-bus` or `arn:…:event-bus/my-bus`. */
export const busName = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);

const onOwnBus = (resource: Identity) => busNameOf(resource) !== "default";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html */
export const resourceTypes = {
  "AWS::Events::EventBus": {
    properties: eventBus,
    ref: (resource) => textOr(resource.property("Name"), resource.generatedName),
    attributes: {
      Name: (resource) => textOr(resource.property("Name"), resource.generatedName),
      Arn: (resource) => eventsArn(resource, `event-bus/${textOr(resource.property("Name"), resource.generatedName)}`),
    },
  } satisfies ResourceType<EventBusProperties>,
  "AWS::Events::Rule": {
    properties: rule,
    // On a bus of one's own the id is made of both names, as PutRule's own callers see in CloudFormation's console.
    ref: (resource) => (onOwnBus(resource) ? `${busNameOf(resource)}|${ruleName(resource)}` : ruleName(resource)),
    attributes: {
      Arn: (resource) =>
        eventsArn(resource, `rule/${onOwnBus(resource) ? `${busNameOf(resource)}/` : ""}${ruleName(resource)}`),
    },
  } satisfies ResourceType<RuleProperties>,
  "AWS::Events::EventBusPolicy": {
    properties: eventBusPolicy,
    ref: (resource) => `${busNameOf(resource)}|${textOr(resource.property("StatementId"), resource.generatedName)}`,
    attributes: {},
  } satisfies ResourceType<v.InferOutput<typeof eventBusPolicy>>,
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
