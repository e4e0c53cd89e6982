/**
 * The CDK app without what the emulator does not know (docs/referees.md); what is left of the template is as it is.
 * With `--iam-enforced` it also lacks the conditions of PutEvents, and is deployed with the caller's own credentials.
 */
import { type App, CliCredentialsStackSynthesizer, type IReusableStackSynthesizer } from "aws-cdk-lib";
import { CfnRouteResponse } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnArchive } from "aws-cdk-lib/aws-events";
import { CfnPolicy } from "aws-cdk-lib/aws-iam";
import { CfnQueryDefinition } from "aws-cdk-lib/aws-logs";
import { roomcast } from "../infra/app.ts";

const UNKNOWN = [CfnRouteResponse, CfnArchive, CfnQueryDefinition];

const withoutUnknown = (app: App) => {
  for (const construct of app.node.findAll())
    if (UNKNOWN.some((type) => construct instanceof type)) construct.node.scope?.node.tryRemoveChild(construct.node.id);
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
} else withoutUnknown(await roomcast()).synth();
