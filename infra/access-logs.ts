import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat, CfnAccount } from "aws-cdk-lib/aws-apigateway";
import { LogGroupLogDestination, type WebSocketStageProps } from "aws-cdk-lib/aws-apigatewayv2";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";

/** One line a frame or connection, without its content, its query or its headers. */
const FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  connectionId: "$context.connectionId",
  eventType: "$context.eventType",
  routeKey: "$context.routeKey",
  status: "$context.status",
  error: "$context.error.message",
  integrationError: "$context.integrationErrorMessage",
});

/**
 * The stage's access logs. They need a CloudWatch role in the account's settings of API Gateway, one for the whole
 * Region, or the deployment fails (aws-cdk, issue 33977): so it is said whether there is one.
 */
export const accessLogsOf = (
  scope: Construct,
  accessLogs: Config["accessLogs"],
): Pick<WebSocketStageProps, "accessLogSettings"> => {
  if (accessLogs === "off") return {};
  const group = new LogGroup(scope, "access-logs", {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  if (accessLogs === "create-account-role") group.node.addDependency(accountRole(scope));
  return {
    accessLogSettings: {
      destination: new LogGroupLogDestination(group),
      format: AccessLogFormat.custom(FORMAT),
    },
  };
};

const accountRole = (scope: Construct) => {
  const role = new Role(scope, "account-role", {
    assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonAPIGatewayPushToCloudWatchLogs")],
  });
  return new CfnAccount(scope, "account", { cloudWatchRoleArn: role.roleArn });
};
