import * as v from "valibot";
import type { ResourceType } from "../cloudformation/resource-type.ts";

/**
 * What CDK's BucketDeployment tells its function to do. What is not named here is refused: a filter of files, metadata
 * of one's own, an asset that stays an archive.
 */
const bucketDeploymentProperties = v.strictObject({
  ServiceToken: v.string(),
  /** Of each source where CDK uploads its asset to. */
  SourceBucketNames: v.array(v.string()),
  SourceObjectKeys: v.array(v.string()),
  /** Of each source what stands in its files for a value that a deployment gives, and that value. */
  SourceMarkers: v.optional(v.array(v.record(v.string(), v.string()))),
  SourceMarkersConfig: v.optional(v.array(v.strictObject({ jsonEscape: v.optional(v.boolean(), false) }))),
  DestinationBucketName: v.string(),
  Prune: v.optional(v.boolean(), true),
  SystemMetadata: v.optional(v.strictObject({ "cache-control": v.optional(v.string()) }), {}),
  // Each start is a first deployment: nobody has kept anything that was there before.
  DistributionId: v.optional(v.string()),
  DistributionPaths: v.optional(v.array(v.string())),
  WaitForDistributionInvalidation: v.optional(v.boolean()),
  // Says whether an attribute has the keys of the sources; it is refused where it is asked for.
  OutputObjectKeys: v.optional(v.boolean()),
});

export type BucketDeploymentProperties = v.InferOutput<typeof bucketDeploymentProperties>;

/** CDK's `BucketDeployment`: its function is in Python, and what it does is done here. */
export const bucketDeployment: ResourceType<BucketDeploymentProperties> = {
  properties: bucketDeploymentProperties,
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};

/** CDK's `autoDeleteObjects`: it empties the bucket before it is deleted. Here a bucket is gone with the process. */
export const autoDeleteObjects: ResourceType = {
  properties: v.strictObject({ ServiceToken: v.string(), BucketName: v.string() }),
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};
