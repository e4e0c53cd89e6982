import { resourceTypes as apiGateway } from "./apigateway/resources.ts";
import type { ResourceType } from "./cloudformation/resource-type.ts";
import { resourceTypes as cloudFormation } from "./cloudformation/resources.ts";
import { resourceTypes as cloudFront } from "./cloudfront/resources.ts";
import { resourceTypes as cloudWatch } from "./cloudwatch/resources.ts";
import { resourceTypes as dynamoDb } from "./dynamodb/resources.ts";
import { archiveType } from "./eventbridge/archive/resource.ts";
import { resourceTypes as eventBridge } from "./eventbridge/resources.ts";
import { resourceTypes as iam } from "./iam/resources.ts";
import { resourceTypes as lambda } from "./lambda/resources.ts";
import { resourceTypes as logs } from "./logs/resources.ts";
import { resourceTypes as s3 } from "./s3/resources.ts";
import { resourceTypes as sqs } from "./sqs/resources.ts";
import { resourceTypes as stepFunctions } from "./stepfunctions/resources.ts";

/** Everything that a template may have here; a resource of any other type stops the start with its name. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  ...apiGateway,
  ...cloudFormation,
  ...cloudFront,
  ...cloudWatch,
  ...dynamoDb,
  ...eventBridge,
  "AWS::Events::Archive": archiveType,
  ...iam,
  ...lambda,
  ...logs,
  ...s3,
  ...sqs,
  ...stepFunctions,
};
