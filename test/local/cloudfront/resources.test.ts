import { expect, test } from "vitest";
import { openSite, siteStack } from "./site-builder.ts";

const attributesOf = (id: string, ...names: string[]) => {
  const resource = siteStack().resources.get(id)!;
  return [resource.ref, ...names.map((name) => resource.attribute(name))];
};

test("a distribution has an id and a domain, the same at each start", () => {
  const [ref, id, domainName] = attributesOf("Site", "Id", "DomainName");
  expect([ref, id]).toEqual([expect.stringMatching(/^E[0-9A-Z]{13}$/), ref]);
  expect(domainName).toMatch(/^d[0-9a-z]{13}\.cloudfront\.net$/);
  expect(attributesOf("Site", "DomainName")).toEqual([ref, domainName]);
});

test.each([
  ["a domain of its own", { config: { Aliases: ["chat.example.com"] } }, "Aliases: is not understood here"],
  ["logs", { config: { Logging: { Bucket: "logs" } } }, "Logging: is not understood here"],
  ["behaviors by path", { config: { CacheBehaviors: [] } }, "CacheBehaviors: is not understood here"],
  ["functions at the edge", { behavior: { FunctionAssociations: [] } }, "FunctionAssociations: is not understood here"],
  ["other methods", { behavior: { AllowedMethods: ["GET", "POST"] } }, "only GET and HEAD are answered here"],
  ["another cache policy", { behavior: { CachePolicyId: "mine" } }, "only the managed policy CachingOptimized"],
  ["CORS", { headers: { CorsConfig: {} } }, "CorsConfig: is not understood here"],
])("a distribution with %s is refused by name", (_what, given, message) => {
  expect(() => siteStack(given)).toThrow(message);
});

test.each([
  ["an origin that it does not have", { behavior: { TargetOriginId: "none" } }, "The distribution has no origin none."],
  ["a policy that is not there", { behavior: { ResponseHeadersPolicyId: "none" } }, "Site has no policy none."],
])("a distribution that names %s stops the start", async (_what, given, message) => {
  await expect(openSite(given)).rejects.toThrow(new Error(message));
});

test("a second distribution stops the start: the port has one root", async () => {
  const Second = { Type: "AWS::CloudFront::Distribution", Properties: siteStack().resources.get("Site")!.properties };
  await expect(openSite({ resources: { Second: Second as never } })).rejects.toThrow("only one has the port's root");
});
