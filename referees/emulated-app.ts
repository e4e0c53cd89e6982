/**
 * The CDK app without what the emulator does not know or cannot do (docs/referees.md); what is left of the template is as it is.
 * With `--iam-enforced` it also lacks the conditions of PutEvents, and is deployed with the caller's own credentials.
 */
import { type App, CfnResource, CliCredentialsStackSynthesizer, type IReusableStackSynthesizer } from "aws-cdk-lib";
import { CfnRouteResponse } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnArchive } from "aws-cdk-lib/aws-events";
import { CfnPolicy } from "aws-cdk-lib/aws-iam";
import { CfnQueryDefinition } from "aws-cdk-lib/aws-logs";
import { CfnBucketPolicy } from "aws-cdk-lib/aws-s3";
import { roomcast } from "../infra/app.ts";

const UNKNOWN = [CfnRouteResponse, CfnArchive, CfnQueryDefinition];

/** Their functions cannot reach the address that they have to answer to, and the deployment waits for an hour. */
const isCustom = (construct: object) =>
  construct instanceof CfnResource && construct.cfnResourceType.startsWith("Custom::");

const withoutUnknown = (app: App) => {
  for (const construct of app.node.findAll())
    if (isCustom(construct) || UNKNOWN.some((type) => construct instanceof type))
      construct.node.scope?.node.tryRemoveChild(construct.node.id);
  return app;
};

/** What reads a bucket comes by TLS; the emulator takes the viewer's connection to it for that, which is none. */
const withoutTls = (app: App) => {
  for (const policy of app.node.findAll().filter((construct) => construct instanceof CfnBucketPolicy)) {
    const { Statement } = policy.stack.resolve(policy.policyDocument);
    const denied = Statement.findIndex(({ Effect }: { Effect: string }) => Effect === "Deny");
    if (denied >= 0) policy.addPropertyDeletionOverride(`PolicyDocument.Statement.${denied}`);
  }
  return app;
};

const withoutConditions = (app: App) => {
  for (const policy of app.node.findAll().filter((construct) => construct instanceof CfnPolicy)) {
    const { Statement } = policy.stack.resolve(policy.policyDocument);
    for (const [index, { Condition }] of Statement.entries())
      if (Condition) policy.addPropertyDeletionOverride(`PolicyDocument.Statement.${index}.Condition`);
  }
  return app;
};

if (process.argv.includes("--iam-enforced")) {
  // The CDK's class and its own interface differ where TypeScript is exact about optional properties.
  const defaultStackSynthesizer = new CliCredentialsStackSynthesizer() as IReusableStackSynthesizer;
  withoutConditions(withoutUnknown(await roomcast({ defaultStackSynthesizer }))).synth();
} else withoutTls(withoutUnknown(await roomcast())).synth();
