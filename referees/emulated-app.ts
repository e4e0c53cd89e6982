/**
 * The CDK app without the resources that the emulator's CloudFormation does not know (docs/referees.md): what is left
 * of the template is as it is.
 */
import { CfnRouteResponse } from "aws-cdk-lib/aws-apigatewayv2";
import { roomcast } from "../infra/app.ts";

const app = roomcast();
for (const construct of app.node.findAll())
  if (construct instanceof CfnRouteResponse) construct.node.scope?.node.tryRemoveChild(construct.node.id);
app.synth();
