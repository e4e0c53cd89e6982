import * as v from "valibot";
import type { ResourceType } from "./resource-type.ts";

/** CDK's record of the constructs in use, where an app has it: nothing is run for it, on AWS neither. */
const cdkMetadata: ResourceType = {
  properties: v.record(v.string(), v.unknown()),
  ref: ({ logicalId }) => logicalId,
  attributes: {},
};

export const resourceTypes: Readonly<Record<string, ResourceType>> = { "AWS::CDK::Metadata": cdkMetadata };
