import { AwsError } from "../aws/error.ts";
import type { Principal } from "../aws/service.ts";
import type { GetObject, StoredObject } from "../s3/buckets.ts";
import type { DistributionProperties } from "./resources.ts";

/** What is found at a path: an object with the status that goes with it, or the error of the origin as it is. */
export type Found = { readonly status: number; readonly object: StoredObject } | { readonly error: AwsError };

interface Needs {
  readonly config: DistributionProperties["DistributionConfig"];
  /** The distribution itself, as the bucket's policy names it. */
  readonly principal: Principal;
  readonly getObject: GetObject;
}

/**
 * Finds what a distribution answers at a path.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 * @throws Error where the behavior names an origin that is not there
 */
export const createFind = ({ config, principal, getObject }: Needs) => {
  const { DefaultRootObject, DefaultCacheBehavior, Origins, CustomErrorResponses } = config;
  const origin = Origins.find(({ Id }) => Id === DefaultCacheBehavior.TargetOriginId);
  if (!origin) throw new Error(`The distribution has no origin ${DefaultCacheBehavior.TargetOriginId}.`);
  const get = (path: string) => getObject(principal, origin.DomainName, path.slice(1));

  const instead = (error: AwsError): Found => {
    const response = CustomErrorResponses.find(({ ErrorCode }) => ErrorCode === error.status);
    if (response?.ResponsePagePath === undefined) return { error };
    try {
      return { status: response.ResponseCode ?? error.status, object: get(response.ResponsePagePath) };
    } catch (another) {
      // A page for errors that cannot be had takes nobody's place.
      if (another instanceof AwsError) return { error };
      throw another;
    }
  };

  /** @param path decoded, with its slash */
  return (path: string): Found => {
    try {
      return { status: 200, object: get(path === "/" ? `/${DefaultRootObject}` : path) };
    } catch (error) {
      if (error instanceof AwsError) return instead(error);
      throw error;
    }
  };
};
