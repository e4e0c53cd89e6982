import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { resourceTypes } from "../../../local/apigateway/resources.ts";
import type { Json } from "../../../local/json.ts";
import { resource, resourcesOf, startGateway } from "./gateway.ts";

type Properties = { [name: string]: Json };

const issuesOf = (type: string, properties: Properties) => {
  const result = v.safeParse(resourceTypes[`AWS::ApiGatewayV2::${type}`]!.properties, properties);
  return (result.issues ?? []).map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
};

const api = { Name: "a", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" };
const stage = { ApiId: "a", StageName: "dev", AutoDeploy: true };
const route = { ApiId: "a", RouteKey: "r" };
const uri =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations";
const integration = { ApiId: "a", IntegrationType: "AWS_PROXY", IntegrationUri: uri };
const authorizer = { ApiId: "a", Name: "n", AuthorizerType: "REQUEST", AuthorizerUri: uri };

test.each([
  ["Api", api],
  ["Stage", { ...stage, DefaultRouteSettings: { ThrottlingRateLimit: 1, LoggingLevel: "ERROR" }, Tags: { a: "b" } }],
  ["Route", { ...route, AuthorizationType: "NONE", Target: "integrations/x" }],
  ["Integration", { ...integration, TimeoutInMillis: 29_000 }],
  ["Authorizer", { ...authorizer, IdentitySource: ["route.request.header.Auth", "context.identity.sourceIp"] }],
  ["RouteResponse", { ApiId: "a", RouteId: "r", RouteResponseKey: "$default" }],
  ["Deployment", { ApiId: "a" }],
])("what is run of %s is accepted", (type, properties) => {
  expect(issuesOf(type, properties)).toEqual([]);
});

test.each<[string, Properties, string]>([
  ["Api", { ...api, ProtocolType: "HTTP" }, "ProtocolType"],
  ["Api", { ...api, RouteSelectionExpression: "$request.header.x" }, "RouteSelectionExpression"],
  ["Api", { ...api, DisableExecuteApiEndpoint: true }, "DisableExecuteApiEndpoint"],
  ["Api", { ...api, CorsConfiguration: {} }, "CorsConfiguration"],
  ["Stage", { ApiId: "a", StageName: "dev" }, "the stage would never be deployed"],
  ["Stage", { ...stage, StageName: "a/b" }, "StageName"],
  ["Stage", { ...stage, ClientCertificateId: "c" }, "ClientCertificateId"],
  ["Stage", { ...stage, DefaultRouteSettings: { CacheTtl: 1 } }, "DefaultRouteSettings.CacheTtl"],
  [
    "Stage",
    { ...stage, DefaultRouteSettings: { DetailedMetricsEnabled: true } },
    "DefaultRouteSettings.DetailedMetricsEnabled",
  ],
  ["Route", { ...route, AuthorizationType: "AWS_IAM" }, "AuthorizationType"],
  ["Route", { ...route, ApiKeyRequired: true }, "ApiKeyRequired"],
  ["Route", { ...route, RequestModels: { other: "m" } }, "RequestModels"],
  ["Integration", { ...integration, IntegrationType: "HTTP_PROXY" }, "IntegrationType"],
  ["Integration", { ...integration, IntegrationUri: "https://example.com" }, "IntegrationUri"],
  ["Integration", { ...integration, TimeoutInMillis: 30_000 }, "TimeoutInMillis"],
  ["Integration", { ...integration, ContentHandlingStrategy: "CONVERT_TO_TEXT" }, "ContentHandlingStrategy"],
  ["Authorizer", { ...authorizer, AuthorizerCredentialsArn: "arn" }, "AuthorizerCredentialsArn"],
  ["Authorizer", { ...authorizer, IdentitySource: ["$request.header.Authorization"] }, "IdentitySource"],
])("what is not run of %s is refused by name: %o", (type, properties, name) => {
  expect(issuesOf(type, properties).join()).toContain(name);
});

describe("names", () => {
  test("an API's id is ten of a-z and 0-9, the same at each start, and another for another resource", () => {
    const ids = ["Api", "Api", "Other"].map((logicalId) => resource(logicalId, "Api", api).ref);
    expect(ids[0]).toMatch(/^[a-z0-9]{10}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("an API's endpoint holds its id, and a stage's Ref is its name", () => {
    const made = resource("Api", "Api", api);
    expect(made.attribute("ApiEndpoint")).toBe(`wss://${made.ref}.execute-api.eu-north-1.amazonaws.com`);
    expect(made.attribute("ApiId")).toBe(made.ref);
    expect(resource("Stage", "Stage", stage).ref).toBe("dev");
  });
});

describe("resources that do not fit together", () => {
  test("27 authorization on another route than $connect", async () => {
    const resources = resourcesOf({ routes: { say: () => undefined } });
    const say = resources.find(({ type }) => type.endsWith("::Route"))!;
    const properties = { ...(say.properties as object), AuthorizationType: "CUSTOM", AuthorizerId: "x" };
    const changed = resources.map((one) => (one === say ? { ...say, properties } : one));
    await expect(startGateway({ routes: {}, resources: changed })).rejects.toThrow(
      "Route0: only $connect can be authorized, not say; remove its AuthorizationType.",
    );
  });

  test("a route that leads nowhere", async () => {
    await expect(startGateway({ routes: { say: undefined } })).rejects.toThrow("Route0 has no Target");
  });

  test("an integration that is not there", async () => {
    const resources = resourcesOf({ routes: { say: () => undefined } });
    const without = resources.filter(({ type }) => !type.endsWith("::Integration"));
    await expect(startGateway({ routes: {}, resources: without })).rejects.toThrow(
      /^Route0 names \w+, and there is no Integration of that id\.$/,
    );
  });

  test("two stages of one name", async () => {
    await expect(startGateway({ routes: {}, furtherStage: "dev" })).rejects.toThrow(
      "Further: there is a stage dev already",
    );
  });
});
