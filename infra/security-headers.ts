import { Duration } from "aws-cdk-lib";
import {
  HeadersReferrerPolicy,
  type ResponseCustomHeadersBehavior,
  type ResponseSecurityHeadersBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import { contentSecurityPolicyWith } from "../client/page/content-security-policy.ts";

/** What the page needs none of, and so nothing that gets into it may have either. */
const UNUSED = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"];

/**
 * The headers by which a browser holds the page to what it does: its own policy, HTTPS only for a year, types as they are
 * told, no frame around it, and no word to other sites of where one came from.
 * @param webSocketOrigin scheme and host of the chat
 */
export const securityHeaders = (
  webSocketOrigin: string,
): {
  readonly securityHeadersBehavior: ResponseSecurityHeadersBehavior;
  readonly customHeadersBehavior: ResponseCustomHeadersBehavior;
} => ({
  securityHeadersBehavior: {
    contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicyWith(webSocketOrigin), override: true },
    contentTypeOptions: { override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
  },
  customHeadersBehavior: {
    customHeaders: [
      { header: "permissions-policy", value: UNUSED.map((feature) => `${feature}=()`).join(", "), override: true },
    ],
  },
});
