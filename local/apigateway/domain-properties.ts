import * as v from "valibot";

const text = v.string();

/**
 * What of a domain runs here. It is served by the one port, and by that one's certificate, where it has one: nothing
 * needs to happen for what is said of the domain's own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-domainname.html
 */
export const domainName = v.strictObject({
  DomainName: v.pipe(text, v.minLength(1), v.maxLength(512)),
  DomainNameConfigurations: v.strictTuple(
    [
      v.strictObject({
        CertificateArn: text,
        CertificateName: v.optional(text),
        EndpointType: v.literal("REGIONAL", "WebSocket APIs have regional domains only"),
        IpAddressType: v.optional(v.picklist(["ipv4", "dualstack"])),
        SecurityPolicy: v.optional(v.literal("TLS_1_2", "WebSocket APIs have TLS_1_2 only")),
      }),
    ],
    "a domain has one configuration here",
  ),
  RoutingMode: v.optional(v.literal("API_MAPPING_ONLY")),
  Tags: v.optional(v.record(text, text)),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apimapping.html */
export const apiMapping = v.strictObject({
  ApiId: text,
  DomainName: text,
  Stage: text,
  ApiMappingKey: v.optional(v.pipe(text, v.regex(/^[\w$.+!*'()/-]{0,300}$/, "a mapping's key is part of a path"))),
});

export type DomainNameProperties = v.InferOutput<typeof domainName>;
export type ApiMappingProperties = v.InferOutput<typeof apiMapping>;
