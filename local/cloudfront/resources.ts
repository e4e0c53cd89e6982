import * as v from "valibot";
import { resourceId } from "../apigateway/ids.ts";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";
import { responseHeadersPolicy } from "./response-headers.ts";

/** The managed policy `CachingOptimized`: compressed by gzip and Brotli, kept as the origin's Cache-Control says. */
const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

const get = v.array(v.picklist(["GET", "HEAD"], "only GET and HEAD are answered here"));

const behavior = v.strictObject({
  TargetOriginId: v.string(),
  // The runtime's port speaks either HTTP or TLS: there is nothing to redirect from or to.
  ViewerProtocolPolicy: v.picklist(["redirect-to-https", "https-only", "allow-all"]),
  // Nothing is cached: what an edge would keep is in this process's memory.
  CachePolicyId: v.literal(CACHING_OPTIMIZED, "only the managed policy CachingOptimized is followed here"),
  Compress: v.optional(v.boolean(), false),
  ResponseHeadersPolicyId: v.optional(v.string()),
  AllowedMethods: v.optional(get),
  CachedMethods: v.optional(get),
});

const origin = v.strictObject({
  Id: v.string(),
  DomainName: v.string(),
  OriginAccessControlId: v.string(),
  S3OriginConfig: v.strictObject({ OriginAccessIdentity: v.optional(v.literal("")) }),
});

const errorResponse = v.strictObject({
  ErrorCode: v.number(),
  ResponseCode: v.optional(v.number()),
  ResponsePagePath: v.optional(v.pipe(v.string(), v.startsWith("/"))),
  // Nothing is cached.
  ErrorCachingMinTTL: v.optional(v.number()),
});

/**
 * A distribution of buckets by one behavior. Refused by name is what would have an effect: domains and certificates of
 * its own, behaviors by path, functions at the edge, logs, a firewall.
 */
const distributionProperties = v.strictObject({
  DistributionConfig: v.strictObject({
    Enabled: v.literal(true),
    Comment: v.optional(v.string()),
    DefaultRootObject: v.optional(v.string(), ""),
    DefaultCacheBehavior: behavior,
    Origins: v.array(origin),
    CustomErrorResponses: v.optional(v.array(errorResponse), []),
    // The runtime listens where it is told to, and its port speaks HTTP/1.1.
    HttpVersion: v.optional(v.picklist(["http1.1", "http2", "http3", "http2and3"])),
    IPV6Enabled: v.optional(v.boolean()),
    // In which places it is served, for which price.
    PriceClass: v.optional(v.string()),
  }),
  Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
});

export type DistributionProperties = v.InferOutput<typeof distributionProperties>;

const idOf = (resource: Identity): string => `E${resourceId(resource, 13).toUpperCase()}`;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html */
export const distribution: ResourceType<DistributionProperties> = {
  properties: distributionProperties,
  ref: idOf,
  attributes: {
    Id: idOf,
    DomainName: (resource) => `d${resourceId(resource, 13)}.cloudfront.net`,
  },
};

/** Every request to a bucket is the distribution's own, as with `always`; the others would leave a bucket to the public. */
const originAccessControl: ResourceType = {
  properties: v.strictObject({
    OriginAccessControlConfig: v.strictObject({
      Name: v.string(),
      Description: v.optional(v.string()),
      OriginAccessControlOriginType: v.literal("s3", "only buckets are origins here"),
      SigningBehavior: v.literal("always"),
      SigningProtocol: v.literal("sigv4"),
    }),
  }),
  ref: idOf,
  attributes: { Id: idOf },
};

/** The resource types of CloudFront that run here. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "AWS::CloudFront::Distribution": distribution,
  "AWS::CloudFront::OriginAccessControl": originAccessControl,
  "AWS::CloudFront::ResponseHeadersPolicy": responseHeadersPolicy,
};
