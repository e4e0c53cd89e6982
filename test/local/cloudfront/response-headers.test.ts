import { expect, test } from "vitest";
import { openSite } from "./site-builder.ts";

const deployments = [
  { files: { "index.html": "<p>home" }, properties: { SystemMetadata: { "cache-control": "no-cache" } } },
];
const SecurityHeadersConfig = {
  ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
  ContentTypeOptions: { Override: true },
  FrameOptions: { FrameOption: "DENY", Override: true },
  ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: true },
  StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true, Override: true },
};
const CustomHeadersConfig = { Items: [{ Header: "Permissions-Policy", Value: "usb=()", Override: false }] };

const expected = {
  "content-security-policy": "default-src 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=60; includeSubDomains; preload",
  "permissions-policy": "usb=()",
};

test("every answer has the policy's headers: a page, one that is known already, and an error", async () => {
  const { get } = await openSite({ deployments, headers: { SecurityHeadersConfig, CustomHeadersConfig } });
  expect(await get("/")).toMatchObject({ status: 200, headers: expected });
  expect(await get("/", { "if-none-match": "*" })).toMatchObject({ status: 304, headers: expected });
  expect(await get("/nothing")).toMatchObject({ status: 403, headers: expected });
});

test.each([
  [true, "private"],
  [false, "no-cache"],
])("where a header is the origin's too, Override %s makes it %s", async (Override, cacheControl) => {
  const Items = [{ Header: "Cache-Control", Value: "private", Override }];
  const { get } = await openSite({ deployments, headers: { CustomHeadersConfig: { Items } } });
  expect((await get("/")).headers["cache-control"]).toBe(cacheControl);
});

test("what is not in the policy is not there", async () => {
  const { get } = await openSite({ deployments });
  const { headers } = await get("/");
  expect(Object.keys(headers).filter((name) => name in expected)).toEqual([]);
});
