import { createHash } from "node:crypto";
import { AwsError } from "../aws/error.ts";
import type { Authorize, Permission, Principal } from "../aws/service.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import { contentTypeOf } from "./content-type.ts";
import type { BucketDeploymentProperties } from "./custom-resources.ts";
import type { BucketProperties } from "./resources.ts";
import { sourceFiles } from "./source-files.ts";

/** An object as GetObject answers it. */
export interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  /** In quotes. Of an object that was put whole it is the MD5 of its body. */
  readonly etag: string;
  /** Unix time in milliseconds. */
  readonly lastModified: number;
}

interface Needs {
  readonly buckets: readonly Resource<BucketProperties>[];
  /** In the order in which they are to be carried out. */
  readonly deployments: readonly Resource<BucketDeploymentProperties>[];
  /** Where an asset's object lies in the cloud assembly. @throws where there is none */
  assetDirectory(bucket: string, key: string): string;
  readonly authorize: Authorize;
  /** Whether the policies allow it, where nobody has asked for it. */
  allows(principal: Principal, permission: Permission): boolean;
  now(): number;
}

/**
 * Gets an object.
 * @param host the bucket's own, such as `{name}.s3.{region}.amazonaws.com`
 * @throws AwsError `AccessDenied` (403), also for an object that is not there where the caller may not list the bucket;
 *   `NoSuchKey` (404) where it may; `NoSuchBucket`. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export type GetObject = (principal: Principal, host: string, key: string) => StoredObject;

/**
 * The buckets of a template with what its deployments put into them. They are filled anew at each start, from the cloud
 * assembly, and kept in memory.
 * @throws Error for a deployment into a bucket that is not in the template
 */
export const createBuckets = (needs: Needs): { readonly getObject: GetObject } => {
  const objects = new Map(needs.buckets.map(({ ref }) => [ref, new Map<string, StoredObject>()]));
  for (const { logicalId, properties } of needs.deployments) {
    const bucket = objects.get(properties.DestinationBucketName);
    if (!bucket)
      throw new Error(`${logicalId} deploys to ${properties.DestinationBucketName}, which is no bucket here.`);
    const files = sourceFiles(properties, needs.assetDirectory);
    if (properties.Prune) for (const key of bucket.keys()) if (!files.has(key)) bucket.delete(key);
    for (const [key, body] of files)
      bucket.set(key, {
        body,
        contentType: contentTypeOf(key),
        cacheControl: properties.SystemMetadata["cache-control"],
        etag: `"${createHash("md5").update(body).digest("hex")}"`,
        lastModified: needs.now(),
      });
  }

  const byHost = new Map(needs.buckets.map((one) => [one.attribute("RegionalDomainName"), one]));
  return {
    getObject(principal, host, key) {
      const bucket = byHost.get(host);
      if (!bucket) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
      const arn = bucket.attribute("Arn");
      try {
        needs.authorize(principal, [{ action: "s3:GetObject", resource: `${arn}/${key}` }]);
      } catch (error) {
        throw error instanceof AwsError ? accessDenied() : error;
      }
      const found = objects.get(bucket.ref)?.get(key);
      if (found) return found;
      const mayList = needs.allows(principal, { action: "s3:ListBucket", resource: arn });
      throw mayList ? new AwsError("NoSuchKey", "The specified key does not exist.", 404) : accessDenied();
    },
  };
};

const accessDenied = () => new AwsError("AccessDenied", "Access Denied", 403);
