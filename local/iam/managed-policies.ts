import type { JsonObject } from "../json.ts";

const allow = (...Action: string[]): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});

/**
 * The policies of AWS's own that a function's or an API's role commonly has, by the name in their ARN
 * `arn:aws:iam::aws:policy/…`. Others are refused by name: what they allow is not known here.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const managedPolicies: ReadonlyMap<string, JsonObject> = new Map([
  [
    "service-role/AWSLambdaBasicExecutionRole",
    allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
  ],
  [
    "AWSXRayDaemonWriteAccess",
    allow(
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:GetSamplingStatisticSummaries",
    ),
  ],
  [
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    allow(
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "logs:GetLogEvents",
      "logs:FilterLogEvents",
    ),
  ],
]);
