import type { Resource } from "../cloudformation/resource-type.ts";
import { functionArnOf } from "./lambda-uri.ts";
import { createRequestModel, type RequestModel } from "./request-model.ts";
import {
  type ApiProperties,
  type AuthorizerProperties,
  domainSuffix,
  type IntegrationProperties,
  type ModelProperties,
  type RouteProperties,
  type RouteResponseProperties,
  type RouteSettings,
  type StageProperties,
} from "./resources.ts";
import { selectionPath } from "./routes.ts";

/** A stage with all that it serves. */
export interface Stage {
  readonly apiId: string;
  readonly name: string;
  readonly domainName: string;
  /** `arn:aws:execute-api:region:account:apiId/stage`. */
  readonly arn: string;
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Where in a JSON message its route's key is. */
  readonly selection: readonly string[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly accessLog: { readonly DestinationArn: string; readonly Format: string } | undefined;
}

export interface Route {
  readonly key: string;
  /** `arn:aws:execute-api:region:account:apiId/stage/routeKey`: who invokes its function. */
  readonly arn: string;
  readonly functionArn: string | undefined;
  /** Milliseconds the integration asks for, if it does. */
  readonly timeoutMs: number | undefined;
  /** Whether the sender gets the integration's answer. */
  readonly answers: boolean;
  readonly authorizer: Authorizer | undefined;
  /** What a message has to be, where the route says. */
  readonly requestModel: RequestModel | undefined;
  /** Requests a second and their burst, where the stage sets them. */
  readonly throttling: { readonly perSecond: number | undefined; readonly burst: number | undefined };
}

export interface Authorizer {
  /** `arn:aws:execute-api:region:account:apiId/authorizers/id`: who invokes its function. */
  readonly arn: string;
  readonly functionArn: string;
  readonly identitySources: readonly string[];
}

/**
 * Puts the resources of WebSocket APIs together, by stage name, since the runtime has one address for all APIs.
 * @throws where resources don't fit together, naming the one that is wrong.
 */
export const readStages = (
  resources: readonly Resource[],
  { region, account }: { region: string; account: string },
): ReadonlyMap<string, Stage> => {
  const all = <Properties>(type: string) =>
    resources.filter((resource) => resource.type === `AWS::ApiGatewayV2::${type}`) as Resource<Properties>[];
  const byRef = <Properties>(type: string, ref: string, by: Resource): Resource<Properties> => {
    const found = all<Properties>(type).find((resource) => resource.ref === ref);
    if (!found) throw new Error(`${by.logicalId} names ${ref}, and there is no ${type} of that id.`);
    return found;
  };

  const readModel = ({ logicalId, properties }: Resource<RouteProperties>): RequestModel | undefined => {
    const name = properties.RequestModels?.$default;
    if (name === undefined) return undefined;
    const models = all<ModelProperties>("Model").filter((model) => model.properties.ApiId === properties.ApiId);
    const model = models.find((one) => one.properties.Name === name);
    if (!model) throw new Error(`${logicalId} names the model ${name}, and the API has none of that name.`);
    return createRequestModel(model.properties.Schema);
  };

  const readRoute = (route: Resource<RouteProperties>, stage: Resource<StageProperties>, apiArn: string): Route => {
    const {
      RouteKey: key,
      Target: target,
      AuthorizationType,
      AuthorizerId,
      RouteResponseSelectionExpression,
    } = route.properties;
    const integration = target
      ? byRef<IntegrationProperties>("Integration", target.slice("integrations/".length), route).properties
      : undefined;
    if (!integration && key !== "$connect")
      throw new Error(`${route.logicalId} has no Target: the route leads nowhere.`);
    const custom = AuthorizationType === "CUSTOM";
    if (custom && key !== "$connect")
      throw new Error(`${route.logicalId}: only $connect can be authorized, not ${key}; remove its AuthorizationType.`);
    if (custom && AuthorizerId === undefined)
      throw new Error(`${route.logicalId} is CUSTOM and has no AuthorizerId: name the authorizer.`);
    const settings: RouteSettings = {
      ...stage.properties.DefaultRouteSettings,
      ...stage.properties.RouteSettings?.[key],
    };
    return {
      key,
      arn: `${apiArn}/${stage.properties.StageName}/${key}`,
      functionArn: integration && functionArnOf(integration.IntegrationUri),
      timeoutMs: integration?.TimeoutInMillis,
      // AWS wants both: a response on the route, and the expression that selects it.
      answers:
        RouteResponseSelectionExpression !== undefined &&
        all<RouteResponseProperties>("RouteResponse").some(({ properties }) => properties.RouteId === route.ref),
      authorizer: custom ? readAuthorizer(byRef("Authorizer", AuthorizerId ?? "", route), apiArn) : undefined,
      requestModel: readModel(route),
      throttling: { perSecond: settings.ThrottlingRateLimit, burst: settings.ThrottlingBurstLimit },
    };
  };

  const stages = new Map<string, Stage>();
  for (const stage of all<StageProperties>("Stage")) {
    const { StageName: name, ApiId, StageVariables, AccessLogSettings } = stage.properties;
    const api = byRef<ApiProperties>("Api", ApiId, stage);
    if (stages.has(name)) throw new Error(`${stage.logicalId}: there is a stage ${name} already; name it otherwise.`);
    const { partition } = stage.identity;
    const apiArn = `arn:${partition}:execute-api:${region}:${account}:${api.ref}`;
    const ownRoutes = all<RouteProperties>("Route").filter(({ properties }) => properties.ApiId === api.ref);
    stages.set(name, {
      apiId: api.ref,
      name,
      domainName: `${api.ref}.execute-api.${region}.${domainSuffix(partition)}`,
      arn: `${apiArn}/${name}`,
      variables: StageVariables,
      selection: selectionPath(api.properties.RouteSelectionExpression) ?? [],
      routes: new Map(ownRoutes.map((route) => [route.properties.RouteKey, readRoute(route, stage, apiArn)])),
      accessLog: AccessLogSettings,
    });
  }
  return stages;
};

const readAuthorizer = ({ ref, properties }: Resource<AuthorizerProperties>, apiArn: string): Authorizer => ({
  arn: `${apiArn}/authorizers/${ref}`,
  functionArn: functionArnOf(properties.AuthorizerUri) ?? "",
  identitySources: properties.IdentitySource ?? [],
});
