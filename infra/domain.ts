import { DomainName, SecurityPolicy } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";

/**
 * The domain of one's own, where there is one. WebSocket APIs have regional domains only, with TLS 1.2 at the least.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-custom-domain-names.html
 */
export const domainOf = (scope: Construct, { domainName, certificateArn }: Config): DomainName | undefined =>
  domainName === undefined || certificateArn === undefined
    ? undefined
    : new DomainName(scope, "domain", {
        domainName,
        certificate: Certificate.fromCertificateArn(scope, "certificate", certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
