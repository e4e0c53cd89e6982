import * as v from "valibot";
import type { Identity, ResourceType } from "../cloudformation/resource-type.ts";

const override = { Override: v.boolean() };

const security = v.strictObject({
  ContentSecurityPolicy: v.optional(v.strictObject({ ContentSecurityPolicy: v.string(), ...override })),
  ContentTypeOptions: v.optional(v.strictObject(override)),
  FrameOptions: v.optional(v.strictObject({ FrameOption: v.picklist(["DENY", "SAMEORIGIN"]), ...override })),
  ReferrerPolicy: v.optional(v.strictObject({ ReferrerPolicy: v.string(), ...override })),
  StrictTransportSecurity: v.optional(
    v.strictObject({
      AccessControlMaxAgeSec: v.number(),
      IncludeSubdomains: v.optional(v.boolean(), false),
      Preload: v.optional(v.boolean(), false),
      ...override,
    }),
  ),
});

const properties = v.strictObject({
  ResponseHeadersPolicyConfig: v.strictObject({
    Name: v.string(),
    Comment: v.optional(v.string()),
    SecurityHeadersConfig: v.optional(security, {}),
    CustomHeadersConfig: v.optional(
      v.strictObject({ Items: v.array(v.strictObject({ Header: v.string(), Value: v.string(), ...override })) }),
      { Items: [] },
    ),
  }),
});

export type ResponseHeadersPolicyProperties = v.InferOutput<typeof properties>;

const id = (resource: Identity): string => resource.generatedName;

/** CORS, server timing and headers to be removed are refused by name. */
export const responseHeadersPolicy: ResourceType<ResponseHeadersPolicyProperties> = {
  properties,
  ref: id,
  attributes: { Id: id },
};

/** A header that a policy adds. */
export interface AddedHeader {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Whether it takes the place of the origin's own. */
  readonly override: boolean;
}

/**
 * What a policy adds to every answer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export const headersOf = ({ ResponseHeadersPolicyConfig }: ResponseHeadersPolicyProperties): readonly AddedHeader[] => {
  const { SecurityHeadersConfig, CustomHeadersConfig } = ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy, StrictTransportSecurity } =
    SecurityHeadersConfig;
  const added = (name: string, value: string | undefined, setting: { Override: boolean } | undefined): AddedHeader[] =>
    setting && value !== undefined ? [{ name, value, override: setting.Override }] : [];
  return [
    ...added("content-security-policy", ContentSecurityPolicy?.ContentSecurityPolicy, ContentSecurityPolicy),
    ...added("x-content-type-options", "nosniff", ContentTypeOptions),
    ...added("x-frame-options", FrameOptions?.FrameOption, FrameOptions),
    ...added("referrer-policy", ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy),
    ...added("strict-transport-security", transportSecurity(StrictTransportSecurity), StrictTransportSecurity),
    ...CustomHeadersConfig.Items.flatMap((item) => added(item.Header.toLowerCase(), item.Value, item)),
  ];
};

const transportSecurity = (setting: v.InferOutput<typeof security>["StrictTransportSecurity"]): string | undefined =>
  setting &&
  `max-age=${setting.AccessControlMaxAgeSec}${setting.IncludeSubdomains ? "; includeSubDomains" : ""}${
    setting.Preload ? "; preload" : ""
  }`;
