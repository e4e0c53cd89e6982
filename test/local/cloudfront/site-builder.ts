import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { StageAddress } from "../../../local/apigateway/addresses.ts";
import { createSite } from "../../../local/cloudfront/site.ts";
import { createIam } from "../../../local/iam/iam.ts";
import type { Json, JsonObject } from "../../../local/json.ts";
import { resourceTypes } from "../../../local/resource-types.ts";
import { load } from "../cloudformation/stack-builder.ts";
import { send } from "../http/door-builder.ts";

const PLACE = { region: "us-east-1", account: "123456789012" };
const ASSETS = "cdk-assets";
const get = (id: string, attribute: string) => ({ "Fn::GetAtt": [id, attribute] });
const joined = (...parts: Json[]) => ({ "Fn::Join": ["", parts] });

/** A policy that lets the distribution do this. */
const allowing = (Action: string, Resource: Json): JsonObject => ({
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action,
  Resource,
  Condition: {
    StringEquals: { "AWS:SourceArn": joined("arn:aws:cloudfront::123456789012:distribution/", { Ref: "Site" }) },
  },
});
export const mayRead = allowing("s3:GetObject", joined(get("Files", "Arn"), "/*"));
export const mayList = allowing("s3:ListBucket", get("Files", "Arn"));

/** Files of one deployment, by name. */
export interface Deployed {
  readonly files: Readonly<Record<string, string>>;
  /** Further properties of the custom resource. */
  readonly properties?: JsonObject;
}

interface Given {
  readonly deployments?: readonly Deployed[];
  readonly policy?: readonly JsonObject[];
  /** Further properties of the distribution's configuration, and of its behavior. */
  readonly config?: JsonObject;
  readonly behavior?: JsonObject;
  /** Of the response headers policy. */
  readonly headers?: JsonObject;
  readonly resources?: JsonObject;
}

/** A template with a distribution of a private bucket, and its assets in a folder that goes when the test is finished. */
export const siteStack = (given: Given = {}) => {
  const { deployments = [], policy = [mayRead], config = {}, behavior = {}, headers = {}, resources = {} } = given;
  const assemblyDirectory = mkdtempSync(join(tmpdir(), "site-"));
  onTestFinished(() => rmSync(assemblyDirectory, { recursive: true }));
  for (const [index, { files }] of deployments.entries())
    for (const [name, text] of Object.entries(files)) {
      const path = join(assemblyDirectory, `asset.${index}`, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  const places = deployments.map((_, index): [string, JsonObject] => [
    String(index),
    {
      source: { path: `asset.${index}`, packaging: "zip" },
      destinations: { here: { bucketName: ASSETS, objectKey: `${index}.zip` } },
    },
  ]);
  const Resources: JsonObject = {
    Files: { Type: "AWS::S3::Bucket" },
    FilesPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: { Bucket: { Ref: "Files" }, PolicyDocument: { Version: "2012-10-17", Statement: [...policy] } },
    },
    Access: {
      Type: "AWS::CloudFront::OriginAccessControl",
      Properties: {
        OriginAccessControlConfig: {
          Name: "access",
          OriginAccessControlOriginType: "s3",
          SigningBehavior: "always",
          SigningProtocol: "sigv4",
        },
      },
    },
    Headers: {
      Type: "AWS::CloudFront::ResponseHeadersPolicy",
      Properties: { ResponseHeadersPolicyConfig: { Name: "headers", ...headers } },
    },
    Site: {
      Type: "AWS::CloudFront::Distribution",
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultRootObject: "index.html",
          Origins: [
            {
              Id: "files",
              DomainName: get("Files", "RegionalDomainName"),
              OriginAccessControlId: get("Access", "Id"),
              S3OriginConfig: { OriginAccessIdentity: "" },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: "files",
            ViewerProtocolPolicy: "redirect-to-https",
            CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
            Compress: true,
            ResponseHeadersPolicyId: { Ref: "Headers" },
            ...behavior,
          },
          ...config,
        },
      },
    },
    ...Object.fromEntries(
      deployments.map(({ properties = {} }, index) => [
        `Deployment${index}`,
        {
          Type: "Custom::CDKBucketDeployment",
          Properties: {
            ServiceToken: "arn:aws:lambda:us-east-1:123456789012:function:deploy",
            SourceBucketNames: [ASSETS],
            SourceObjectKeys: [`${index}.zip`],
            DestinationBucketName: { Ref: "Files" },
            Prune: false,
            ...properties,
          },
        },
      ]),
    ),
    ...resources,
  };
  const assets = { files: Object.fromEntries(places) };
  return load({ Resources }, { ...PLACE, assets, assemblyDirectory, types: resourceTypes });
};

/** When the objects were put: Thu, 01 Jan 2026 00:00:00 GMT. */
export const DEPLOYED_AT = Date.UTC(2026, 0, 1);

/** The site of such a template, served until the test is finished; `refusals` are IAM's. */
export const openSite = async (given: Given & { readonly addresses?: readonly StageAddress[] } = {}) => {
  const stack = siteStack(given);
  const refusals: string[] = [];
  const iam = createIam({
    stack,
    ...PLACE,
    operator: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    onAnswer: ({ refusal }) => refusal !== undefined && refusals.push(refusal),
  });
  const { addresses = [] } = given;
  const site = createSite({ stack, iam, account: PLACE.account, now: () => DEPLOYED_AT, addresses });
  const server: Server = createServer((request, response) => {
    if (!site.serve(request, response)) response.writeHead(501).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    port,
    refusals,
    site,
    get: (path: string, headers: Record<string, string> = {}, method = "GET") => send(port, { path, headers, method }),
  };
};
