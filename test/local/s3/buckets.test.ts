import { expect, test } from "vitest";
import { mayList, mayRead, openSite, siteStack } from "../cloudfront/site-builder.ts";

const policy = [mayRead, mayList];

test("deployments are carried out in their order: a later file of the same name stays, and so do the others", async () => {
  const deployments = [{ files: { "a.txt": "first", "b.txt": "b" } }, { files: { "a.txt": "second" } }];
  const { get } = await openSite({ deployments });
  expect([(await get("/a.txt")).body, (await get("/b.txt")).body]).toEqual(["second", "b"]);
});

test("a deployment that prunes leaves its own files only", async () => {
  const deployments = [{ files: { "a.txt": "a" } }, { files: { "b.txt": "b" }, properties: { Prune: true } }];
  const { get } = await openSite({ deployments, policy });
  expect([(await get("/a.txt")).status, (await get("/b.txt")).status]).toEqual([404, 200]);
});

test("a deployment gives its files one Cache-Control, or none", async () => {
  const cached = { SystemMetadata: { "cache-control": "public, max-age=60" } };
  const deployments = [{ files: { "a.txt": "a" }, properties: cached }, { files: { "b.txt": "b" } }];
  const { get } = await openSite({ deployments });
  expect((await get("/a.txt")).headers["cache-control"]).toBe("public, max-age=60");
  expect((await get("/b.txt")).headers).not.toHaveProperty("cache-control");
});

test("markers become what the deployment gives: as it is, or as it stands in JSON", async () => {
  const SourceMarkers = [{ "<<m:0>>": { "Fn::Join": ["", ['a "b" $&', { Ref: "AWS::Region" }]] } }];
  const text = "<<m:0>>, <<m:0>> \u{fc}";
  const deployments = [
    { files: { "plain.txt": text }, properties: { SourceMarkers } },
    { files: { "json.txt": text }, properties: { SourceMarkers, SourceMarkersConfig: [{ jsonEscape: true }] } },
  ];
  const { get } = await openSite({ deployments });
  expect((await get("/plain.txt")).body).toBe('a "b" $&us-east-1, a "b" $&us-east-1 ü');
  expect((await get("/json.txt")).body).toBe('a \\"b\\" $&us-east-1, a \\"b\\" $&us-east-1 ü');
});

test("a bucket's name is in lower case, and its hosts and ARN have it", () => {
  const bucket = siteStack().resources.get("Files")!;
  expect([bucket.ref, bucket.attribute("Arn"), bucket.attribute("RegionalDomainName")]).toEqual([
    "demo-files",
    "arn:aws:s3:::demo-files",
    "demo-files.s3.us-east-1.amazonaws.com",
  ]);
});

test.each([
  [
    "a bucket that keeps versions",
    { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: {} } },
    "VersioningConfiguration",
  ],
  [
    "a bucket that is a website",
    { Type: "AWS::S3::Bucket", Properties: { WebsiteConfiguration: {} } },
    "WebsiteConfiguration",
  ],
])("%s is refused by name", (_what, Another, property) => {
  expect(() => siteStack({ resources: { Another } })).toThrow(`${property}: is not understood here`);
});

test.each([
  ["files by a filter", { Exclude: ["*.map"] }, "Exclude: is not understood here"],
  ["an archive as it is", { Extract: false }, "Extract: is not understood here"],
  ["metadata of one's own", { UserMetadata: { a: "b" } }, "UserMetadata: is not understood here"],
])("a deployment of %s is refused by name", (_what, properties, message) => {
  expect(() => siteStack({ deployments: [{ files: {}, properties }] })).toThrow(message);
});

test.each([
  [
    "to a bucket that is not there",
    { DestinationBucketName: "another" },
    "Deployment0 deploys to another, which is no bucket here.",
  ],
  [
    "of an asset that is not there",
    { SourceObjectKeys: ["none.zip"] },
    "none.zip in the bucket cdk-assets is no asset of this stack",
  ],
])("a deployment %s stops the start", async (_what, properties, message) => {
  await expect(openSite({ deployments: [{ files: { "a.txt": "a" }, properties }] })).rejects.toThrow(message);
});
