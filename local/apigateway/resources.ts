import * as v from "valibot";
import type { ResourceType } from "../cloudformation/resource-type.ts";
import { apiMapping, domainName } from "./domain-properties.ts";
import { identitySourceForm } from "./identity-source.ts";
import { resourceId } from "./ids.ts";
import { functionArnOf } from "./lambda-uri.ts";
import { selectionPath } from "./routes.ts";

/*
 * The schemas of AWS::ApiGatewayV2, for WebSocket APIs. What only describes (names, tags, descriptions) is accepted,
 * since nothing needs to happen for it. Not among the types, and so refused by name: IntegrationResponse (nothing
 * transforms payloads here).
 */

const text = v.string();
const described = { Description: v.optional(text), Tags: v.optional(v.record(text, text)) };

const api = v.strictObject({
  ...described,
  Name: text,
  ProtocolType: v.literal("WEBSOCKET", "only WEBSOCKET APIs run here"),
  RouteSelectionExpression: v.pipe(
    text,
    v.check((expression) => selectionPath(expression) !== undefined, "only $request.body.{path} can be evaluated here"),
  ),
  // The runtime's own address stands for the default endpoint, and posts go there.
  DisableExecuteApiEndpoint: v.optional(v.literal(false)),
  // The runtime listens where it is told to, whatever kinds of addresses the API would have.
  IpAddressType: v.optional(v.picklist(["ipv4", "dualstack"])),
});

const routeSettings = v.strictObject({
  ThrottlingBurstLimit: v.optional(v.number()),
  ThrottlingRateLimit: v.optional(v.number()),
  // The routes of a stage are not measured one by one.
  DetailedMetricsEnabled: v.optional(v.literal(false)),
  // Execution logs of the service itself: what fails is in the runtime's log whatever these say.
  LoggingLevel: v.optional(v.picklist(["OFF", "ERROR", "INFO"])),
  DataTraceEnabled: v.optional(v.boolean()),
});

const stage = v.pipe(
  v.strictObject({
    ...described,
    ApiId: text,
    StageName: v.pipe(text, v.regex(/^[\w-]{1,128}$/, "a stage's name is 1 to 128 letters, digits, - and _")),
    AutoDeploy: v.optional(v.boolean()),
    DeploymentId: v.optional(text),
    DefaultRouteSettings: v.optional(routeSettings),
    RouteSettings: v.optional(v.record(text, routeSettings)),
    AccessLogSettings: v.optional(v.strictObject({ DestinationArn: text, Format: text })),
    StageVariables: v.optional(v.record(text, text)),
  }),
  v.check(
    ({ AutoDeploy, DeploymentId }) => AutoDeploy === true || DeploymentId !== undefined,
    "the stage would never be deployed: give it AutoDeploy or a DeploymentId",
  ),
);

const route = v.strictObject({
  ApiId: text,
  RouteKey: text,
  OperationName: v.optional(text),
  AuthorizationType: v.optional(v.picklist(["NONE", "CUSTOM"])),
  AuthorizerId: v.optional(text),
  ApiKeyRequired: v.optional(v.literal(false)),
  Target: v.optional(v.pipe(text, v.regex(/^integrations\/.+/, "a target is integrations/{id}"))),
  RouteResponseSelectionExpression: v.optional(v.literal("$default")),
  ModelSelectionExpression: v.optional(v.literal("$default")),
  RequestModels: v.optional(v.strictObject({ $default: text })),
});

const model = v.strictObject({
  ApiId: text,
  Name: text,
  Schema: v.record(v.string(), v.unknown()),
  ContentType: v.optional(v.literal("application/json")),
  // For those who read the template.
  Description: v.optional(text),
});

const routeResponse = v.strictObject({ ApiId: text, RouteId: text, RouteResponseKey: v.literal("$default") });

const lambdaUri = v.pipe(
  text,
  v.check((uri) => functionArnOf(uri) !== undefined, "only the invocation path of a Lambda function's ARN runs here"),
);

const integration = v.strictObject({
  ApiId: text,
  Description: v.optional(text),
  IntegrationType: v.literal("AWS_PROXY", "only AWS_PROXY integrations run here"),
  // A Lambda function is always invoked by POST; the property is for the integrations that are not run here.
  IntegrationMethod: v.optional(v.literal("POST")),
  IntegrationUri: lambdaUri,
  TimeoutInMillis: v.optional(v.pipe(v.number(), v.minValue(50), v.maxValue(29_000))),
});

const authorizer = v.strictObject({
  ApiId: text,
  Name: text,
  AuthorizerType: v.literal("REQUEST", "WebSocket APIs have REQUEST authorizers only"),
  AuthorizerUri: lambdaUri,
  IdentitySource: v.optional(v.array(v.pipe(text, v.regex(identitySourceForm)))),
});

// A stage here always serves what the template says, which is what a deployment would be a snapshot of.
const deployment = v.strictObject({ ApiId: text, Description: v.optional(text), StageName: v.optional(text) });

export type ApiProperties = v.InferOutput<typeof api>;
export type StageProperties = v.InferOutput<typeof stage>;
export type RouteProperties = v.InferOutput<typeof route>;
export type RouteResponseProperties = v.InferOutput<typeof routeResponse>;
export type IntegrationProperties = v.InferOutput<typeof integration>;
export type ModelProperties = v.InferOutput<typeof model>;
export type AuthorizerProperties = v.InferOutput<typeof authorizer>;
export type RouteSettings = v.InferOutput<typeof routeSettings>;

/** A type whose `Ref` is a generated id, also given by an attribute. */
const identified = (properties: ResourceType["properties"], idAttribute: string, length = 7): ResourceType => {
  const ref: ResourceType["ref"] = (resource) => resourceId(resource, length);
  return { properties, ref, attributes: { [idAttribute]: ref } };
};

const apiType = identified(api, "ApiId", 10);

/** What of `AWS::ApiGatewayV2::*` runs here, by type name. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "AWS::ApiGatewayV2::Api": {
    ...apiType,
    attributes: {
      ...apiType.attributes,
      ApiEndpoint: (resource) =>
        `wss://${apiType.ref(resource)}.execute-api.${resource.region}.${domainSuffix(resource.partition)}`,
    },
  },
  "AWS::ApiGatewayV2::Stage": {
    properties: stage,
    ref: (resource) => String(resource.property("StageName")),
    attributes: {},
  },
  "AWS::ApiGatewayV2::Route": identified(route, "RouteId"),
  "AWS::ApiGatewayV2::RouteResponse": identified(routeResponse, "RouteResponseId"),
  "AWS::ApiGatewayV2::Integration": identified(integration, "IntegrationId"),
  "AWS::ApiGatewayV2::Authorizer": identified(authorizer, "AuthorizerId"),
  "AWS::ApiGatewayV2::Model": identified(model, "ModelId"),
  "AWS::ApiGatewayV2::Deployment": identified(deployment, "DeploymentId"),
  "AWS::ApiGatewayV2::DomainName": {
    properties: domainName,
    ref: (resource) => String(resource.property("DomainName")),
    attributes: {
      // What the domain's owner has DNS point at; of no use here, where clients come to the runtime's own address.
      RegionalDomainName: (resource) =>
        `d-${resourceId(resource, 10)}.execute-api.${resource.region}.${domainSuffix(resource.partition)}`,
    },
  },
  "AWS::ApiGatewayV2::ApiMapping": identified(apiMapping, "ApiMappingId"),
};

/** What an execute-api host ends in, by partition. */
export const domainSuffix = (partition: string): string =>
  partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
