import { Stack } from "aws-cdk-lib";
import {
  type CfnStage,
  type DomainName,
  WebSocketApi,
  type WebSocketRouteOptions,
  WebSocketStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { accessLogsOf } from "./access-logs.ts";
import type { Config } from "./config.ts";
import { domainOf } from "./domain.ts";

interface ApiProps {
  readonly config: Config;
  readonly authorize: Lambda;
  /** The functions of `$connect`, `$disconnect` and `$default`. */
  readonly connect: Lambda;
  readonly disconnect: Lambda;
  readonly unknownRoute: Lambda;
  /** The functions of the routes that a frame names in `message`. */
  readonly routes: Readonly<Record<string, Lambda>>;
  /** Those of them that answer nobody. */
  readonly silentRoutes: Readonly<Record<string, Lambda>>;
}

/** The WebSocket API and its stage. */
export class Api extends Construct {
  /** Where clients connect: `wss://{domain}` with a domain of one's own, and `wss://{api}/{stage}` without. */
  readonly endpoint: string;
  /** Scheme and host of that. */
  readonly webSocketOrigin: string;
  readonly domain: DomainName | undefined;
  readonly #stage: WebSocketStage;

  constructor(
    scope: Construct,
    id: string,
    { config, authorize, connect, disconnect, unknownRoute, routes, silentRoutes }: ApiProps,
  ) {
    super(scope, id);
    const api = new WebSocketApi(this, "websocket", {
      apiName: scope.node.id,
      routeSelectionExpression: "$request.body.message",
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration("connect", connect),
        // No identity source: the authorizer always runs. The default, a header, would shut browsers out.
        authorizer: new WebSocketLambdaAuthorizer("guests", authorize, { identitySource: [] }),
      },
      disconnectRouteOptions: { integration: new WebSocketLambdaIntegration("disconnect", disconnect) },
      defaultRouteOptions: answered("default", unknownRoute),
    });
    for (const [name, lambda] of Object.entries(routes)) api.addRoute(name, answered(name, lambda));
    for (const [name, lambda] of Object.entries(silentRoutes))
      api.addRoute(name, { integration: new WebSocketLambdaIntegration(name, lambda) });
    this.domain = domainOf(this, config);
    this.#stage = new WebSocketStage(this, "stage", {
      webSocketApi: api,
      stageName: config.stage,
      autoDeploy: true,
      throttle: { rateLimit: config.framesPerSecond, burstLimit: config.framesBurst },
      ...(this.domain && { domainMapping: { domainName: this.domain } }),
      ...accessLogsOf(this, config.accessLogs),
    });
    this.#throttle({ $connect: config.connectsPerSecond, join: config.joinsPerSecond });
    // A stage that has settings for a route that is not there yet cannot be made.
    this.#stage.node.addDependency(api);
    const { region, urlSuffix } = Stack.of(this);
    const host = this.domain?.name ?? `${api.apiId}.execute-api.${region}.${urlSuffix}`;
    this.webSocketOrigin = `wss://${host}`;
    this.endpoint = this.domain ? this.webSocketOrigin : this.#stage.url;
  }

  /** Gives routes a rate of their own, with a burst of a second's worth. CDK's stage knows one for all routes only. */
  #throttle(perSecond: Readonly<Record<string, number>>) {
    const stage = this.#stage.node.defaultChild as CfnStage;
    stage.routeSettings = Object.fromEntries(
      Object.entries(perSecond).map(([route, rate]) => [
        route,
        { ThrottlingRateLimit: rate, ThrottlingBurstLimit: rate },
      ]),
    );
  }

  /** Lets a function post to connections, and tells its SDK where: at the stage itself, whatever domain clients come by. */
  postedToBy(lambda: Lambda) {
    this.#managedBy(lambda, "POST");
  }

  /** Lets a function end connections, and tells its SDK where. */
  endedBy(lambda: Lambda) {
    this.#managedBy(lambda, "DELETE");
  }

  #managedBy(lambda: Lambda, method: "POST" | "DELETE") {
    const { api, stageName } = this.#stage;
    const connections = {
      service: "execute-api",
      resource: api.apiId,
      resourceName: `${stageName}/${method}/@connections/*`,
    };
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ["execute-api:ManageConnections"],
        resources: [Stack.of(this).formatArn(connections)],
      }),
    );
    lambda.addEnvironment("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", this.#stage.callbackUrl);
  }
}

/** A route whose function's answer goes back to the sender. */
const answered = (name: string, lambda: Lambda): WebSocketRouteOptions & { returnResponse: true } => ({
  integration: new WebSocketLambdaIntegration(name, lambda),
  returnResponse: true,
});
