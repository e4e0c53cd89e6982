import { expect, test } from "vitest";
import { appWith, templateWith } from "./app-with.ts";

type Template = ReturnType<typeof templateWith>;

const ORIGINS = "https://a.example,https://b.example";
const DOMAIN = {
  domainName: "chat.example.com",
  certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
};
/** CDK's functions for deployments have this handler. */
const THEIRS = "index.handler";

const deploymentsOf = ({ ofType }: Template) => ofType("Custom::CDKBucketDeployment");
const only = ({ ofType }: Template, type: string) => {
  const [first, ...others] = ofType(type);
  expect(others).toEqual([]);
  return first!.Properties;
};
const distributionOf = (template: Template) =>
  only(template, "AWS::CloudFront::Distribution").DistributionConfig as Record<string, unknown>;

test("the bucket is nobody's to read but the distribution's, over TLS, and its files go with it", () => {
  const template = templateWith();
  expect(only(template, "AWS::S3::Bucket")).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(template.ofType("AWS::S3::Bucket")[0]).toMatchObject({ DeletionPolicy: "Delete" });
  expect(template.ofType("Custom::S3AutoDeleteObjects")).toHaveLength(1);
  const { Statement } = only(template, "AWS::S3::BucketPolicy").PolicyDocument as {
    Statement: { Effect: string; Principal: object; Action: string; Condition?: object }[];
  };
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Effect: "Deny",
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
  const reading = Statement.filter(({ Principal }) => JSON.stringify(Principal).includes("cloudfront"));
  expect(reading.map(({ Action }) => Action)).toEqual(["s3:GetObject"]);
  expect(JSON.stringify(reading[0]!.Condition)).toContain("AWS:SourceArn");
});

test("nothing of it outlives the stack: not the bucket, nor what is in it, nor the logs of CDK's own functions", () => {
  const { resources } = templateWith();
  const theirs = Object.entries(resources).filter(([id]) => /^(chatpage|Custom)/.test(id));
  expect(theirs.map(([, { Type }]) => Type)).toContain("Custom::S3AutoDeleteObjects");
  expect(theirs.filter(([, { DeletionPolicy = "Delete" }]) => DeletionPolicy !== "Delete")).toEqual([]);
  const functions = theirs.flatMap(([, { Properties }]) => (Properties?.Handler === THEIRS ? [Properties] : []));
  expect(functions.map(({ LoggingConfig }) => JSON.stringify(LoggingConfig))).toEqual([
    expect.stringMatching(/"Ref":"chatpageemptyinglogs/),
    expect.stringMatching(/"Ref":"chatpagedeploymentlogs/),
  ]);
});

test("the page is served over HTTPS, compressed, and an address where nothing is has a page of its own", () => {
  expect(distributionOf(templateWith())).toMatchObject({
    DefaultRootObject: "index.html",
    HttpVersion: "http2and3",
    DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: "redirect-to-https" },
    CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: "/not-found.html" }],
  });
});

test.each([
  [
    "the stage",
    {},
    /connect-src 'self' wss:\/\/",\{"Ref":"apiwebsocket\w+"\},"\.execute-api\.",\{"Ref":"AWS::Region"\},/,
  ],
  ["a domain of one's own", DOMAIN, /connect-src 'self' wss:\/\/",\{"Ref":"apidomain\w+"\},"; /],
])("its policy allows it to connect to %s, and to nothing else", (_where, config, connecting) => {
  const { ResponseHeadersPolicyConfig } = only(templateWith(config), "AWS::CloudFront::ResponseHeadersPolicy");
  const { SecurityHeadersConfig } = ResponseHeadersPolicyConfig as { SecurityHeadersConfig: Record<string, object> };
  expect(JSON.stringify(SecurityHeadersConfig.ContentSecurityPolicy)).toMatch(connecting);
  expect(Object.keys(SecurityHeadersConfig).sort()).toEqual([
    "ContentSecurityPolicy",
    "ContentTypeOptions",
    "ReferrerPolicy",
    "StrictTransportSecurity",
  ]);
});

test("files whose name changes with them are cached for a year and come first; the others are asked for each time", () => {
  const template = templateWith();
  const [lasting, changing] = deploymentsOf(template);
  const cacheControl = [lasting, changing].map((each) => each!.Properties.SystemMetadata);
  expect(cacheControl).toEqual([
    { "cache-control": "public, max-age=31536000, immutable" },
    { "cache-control": "no-cache" },
  ]);
  const [first] = Object.entries(template.resources).find(([, resource]) => resource === lasting)!;
  expect(changing!.DependsOn).toContain(first);
});

test("CloudFront forgets what keeps its name, and a page that is open keeps what it names", () => {
  const [lasting, changing] = deploymentsOf(templateWith());
  expect(changing!.Properties.DistributionPaths).toEqual(["/", "/config.json", "/index.html", "/not-found.html"]);
  expect(lasting!.Properties).not.toHaveProperty("DistributionId");
  expect([lasting!.Properties.Prune, changing!.Properties.Prune]).toEqual([false, false]);
});

test("the page is told where to connect as it is deployed: no rebuild for another endpoint", () => {
  const markersOf = (config: object) => deploymentsOf(templateWith({ ...config })).at(-1)!.Properties.SourceMarkers;
  expect(JSON.stringify(markersOf({}))).toMatch(/\{"Ref":"apiwebsocket\w+"\}/);
  expect(JSON.stringify(markersOf(DOMAIN))).toMatch(/\{"Ref":"apidomain\w+"\}/);
});

test("where pages are held to their origins, ours is one of them", () => {
  const allowed = (config: object) =>
    templateWith({ ...config }).functions.flatMap(({ Properties }) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      return Variables.ALLOWED_ORIGINS === undefined ? [] : [JSON.stringify(Variables.ALLOWED_ORIGINS)];
    });
  expect(allowed({})).toEqual([]);
  expect(allowed({ allowedOrigins: ORIGINS })).toEqual([
    expect.stringMatching(
      /"https:\/\/a\.example,https:\/\/b\.example,https:\/\/",\{"Fn::GetAtt":\["chatpagedistribution\w+","DomainName"\]\}/,
    ),
  ]);
  expect(allowed({ allowedOrigins: ORIGINS, chatPage: "false" })).toEqual(['"https://a.example,https://b.example"']);
});

test("an output says where the page is", () => {
  expect(JSON.stringify(templateWith().outputs.ChatPage!.Value)).toMatch(
    /"https:\/\/",\{"Fn::GetAtt":\["chatpagedistribution\w+","DomainName"\]\}/,
  );
});

test("what an account has once is named by the stage and the Region", () => {
  const namesOf = (stage: string) => {
    const template = templateWith({ stage });
    return [
      only(template, "AWS::CloudFront::OriginAccessControl").OriginAccessControlConfig,
      only(template, "AWS::CloudFront::ResponseHeadersPolicy").ResponseHeadersPolicyConfig,
    ].map((config) => JSON.stringify((config as { Name: unknown }).Name));
  };
  const name = (stage: string) => `{"Fn::Join":["",["Roomcast-${stage}-chat-page-",{"Ref":"AWS::Region"}]]}`;
  expect([namesOf("one"), namesOf("two")]).toEqual([
    [name("one"), name("one")],
    [name("two"), name("two")],
  ]);
});

test("nobody looks after CDK's functions but the deployment that they run in: no alarm, no graph, no saved query", () => {
  const { resources, ofType } = templateWith();
  const theirs = Object.entries(resources).flatMap(([id, { Properties }]) =>
    Properties?.Handler === THEIRS ? id : [],
  );
  expect(theirs).toHaveLength(2);
  const observing = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::Logs::QueryDefinition"].flatMap(
    ofType,
  );
  expect(theirs.filter((id) => JSON.stringify(observing).includes(id))).toEqual([]);
});

test.each([
  ["switched off", { chatPage: "false" }],
  ["where tokens are asked for", { tokenIssuer: "https://login.example", tokenAudience: "chat" }],
])("%s, nothing of it is there", (_why, config) => {
  const { resources, outputs, functions, ofType } = templateWith(config);
  const types = new Set(Object.values(resources).map(({ Type }) => Type));
  expect([...types].filter((type) => /S3|CloudFront|Custom|Layer/.test(type))).toEqual([]);
  expect(Object.keys(resources).filter((id) => /chatpage|custom/i.test(id))).toEqual([]);
  expect(outputs).not.toHaveProperty("ChatPage");
  expect(ofType("AWS::Lambda::Function")).toEqual(functions);
});

test("with origins and a domain of one's own no resource waits for itself", () => {
  const { app, stack } = appWith({ ...DOMAIN, allowedOrigins: ORIGINS });
  const { Resources } = app.synth().getStackByName(stack.stackName).template;
  const needs = (id: string): string[] =>
    [...JSON.stringify(Resources[id]).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)]
      .map(([, name]) => name!)
      .concat(Resources[id].DependsOn ?? [])
      .filter((name) => name in Resources);
  const reached = new Set<string>();
  const reach = (id: string) => {
    for (const next of needs(id))
      if (!reached.has(next)) {
        reached.add(next);
        reach(next);
      }
  };
  const [distribution] = Object.keys(Resources).filter((id) => id.startsWith("chatpagedistribution"));
  reach(distribution!);
  expect([...reached].filter((id) => id === distribution || /^functions/.test(id))).toEqual([]);
});
