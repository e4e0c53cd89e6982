import * as v from "valibot";
import { jsonObject } from "../../cloudformation/json-object.ts";
import type { Identity, ResourceType } from "../../cloudformation/resource-type.ts";
import { eventsArn } from "../resources.ts";

const archive = v.strictObject({
  ArchiveName: v.optional(v.pipe(v.string(), v.regex(/^[.\-_A-Za-z0-9]{1,48}$/, "1 to 48 of A-Z a-z 0-9 . - _"))),
  Description: v.optional(v.string()),
  /** Without one, all events of the bus. */
  EventPattern: v.optional(jsonObject, {}),
  /** Encryption at rest changes nothing that can be observed on one machine. */
  KmsKeyIdentifier: v.optional(v.string()),
  /** 0 is for ever. */
  RetentionDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  SourceArn: v.pipe(v.string(), v.startsWith("arn:")),
});

export type ArchiveProperties = v.InferOutput<typeof archive>;

const nameOf = (resource: Identity): string => {
  const given = resource.property("ArchiveName");
  return typeof given === "string" ? given : resource.generatedName.slice(0, 48);
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html */
export const archiveType: ResourceType<ArchiveProperties> = {
  properties: archive,
  ref: nameOf,
  attributes: {
    ArchiveName: nameOf,
    Arn: (resource) => eventsArn(resource, `archive/${nameOf(resource)}`),
  },
};
