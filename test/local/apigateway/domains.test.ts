import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { GetConnectionCommand, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, expect, test } from "vitest";
import type { Json } from "../../../local/json.ts";
import { type Gateway, ok, resource, resourcesOf, startGateway } from "./gateway.ts";

const DOMAIN = "chat.example.com";

const CONFIGURATION = {
  CertificateArn: "arn:aws:acm:eu-north-1:111122223333:certificate/1",
  EndpointType: "REGIONAL",
};

const domain = (properties: { [name: string]: Json } = {}) =>
  resource("Domain", "DomainName", {
    DomainName: DOMAIN,
    DomainNameConfigurations: [CONFIGURATION],
    ...properties,
  });

const mappingOf = (apiId: string, properties: { [name: string]: Json } = {}) =>
  resource("Mapping", "ApiMapping", { ApiId: apiId, DomainName: DOMAIN, Stage: "dev", ...properties });

const started: Gateway[] = [];
afterEach(async () => {
  for (const gateway of started.splice(0)) await gateway.stop();
});

/** An API whose stage `dev` is mapped to the domain. */
const startMapped = async (
  mapping: { [name: string]: Json } = {},
  template: Partial<Parameters<typeof resourcesOf>[0]> = {},
) => {
  const routes = { $connect: ok, $disconnect: ok, say: () => ({ statusCode: 200, body: "heard" }) };
  const resources = resourcesOf({ routes, answers: ["say"], ...template });
  const all = [...resources, domain(), mappingOf(resources[0]!.ref, mapping)];
  const gateway = await startGateway({ routes, resources: all });
  started.push(gateway);
  const at = (Host: string) => ({ headers: { Host } });
  return { gateway, connectBy: (host: string, path: string) => gateway.connect(path, [], at(host)) };
};

test("a client that comes by the domain is at the mapped stage, and every event says by which domain", async () => {
  const { gateway, connectBy } = await startMapped();
  const client = await connectBy(DOMAIN, "/?room=lobby");
  client.send({ action: "say" });
  expect(await client.next()).toBe("heard");
  client.socket.close();
  await gateway.event("$disconnect");
  expect(
    gateway.invocations.map(({ event: { requestContext } }) => [
      requestContext.routeKey,
      requestContext.domainName,
      requestContext.stage,
    ]),
  ).toEqual(["$connect", "say", "$disconnect"].map((route) => [route, DOMAIN, "dev"]));
  expect((await gateway.event("$connect")).queryStringParameters).toEqual({ room: "lobby" });
  expect((await gateway.event("$disconnect")).headers.Host).toBe(DOMAIN);
});

test("the stage stays where it was, and its events then say its own domain", async () => {
  const { gateway, connectBy } = await startMapped();
  await connectBy("127.0.0.1", "/dev");
  expect((await gateway.event("$connect")).requestContext.domainName).toMatch(
    /\.execute-api\.eu-north-1\.amazonaws\.com$/,
  );
});

test("@connections finds who came by the domain, at the stage's own address", async () => {
  const { gateway, connectBy } = await startMapped();
  const client = await connectBy(DOMAIN, "/");
  const { connectionId: ConnectionId } = (await gateway.event("$connect")).requestContext;
  const sdk = gateway.sdk();
  await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: "hello" }));
  expect(await client.next()).toBe("hello");
  expect(await sdk.send(new GetConnectionCommand({ ConnectionId }))).toHaveProperty("Identity.SourceIp");
  sdk.destroy();
});

test.each(["chat.example.com:8443", "CHAT.example.com", "chat.example.com."])("%s is the same domain", async (host) => {
  const { gateway, connectBy } = await startMapped();
  await connectBy(host, "/");
  expect((await gateway.event("$connect")).requestContext.domainName).toBe(DOMAIN);
});

test("a mapping with a key is below it", async () => {
  const { connectBy } = await startMapped({ ApiMappingKey: "v1/chat" });
  await connectBy(DOMAIN, "/v1/chat?room=lobby");
  await expect(connectBy(DOMAIN, "/")).rejects.toMatchObject({ status: 403 });
});

test.each(["/dev", "/elsewhere", "/console"])("there is nothing at %s of the domain", async (path) => {
  const { gateway, connectBy } = await startMapped();
  await expect(connectBy(DOMAIN, path)).rejects.toMatchObject({ status: 403 });
  const answer = await fetchBy(gateway, DOMAIN, path);
  expect(answer).toBe(403);
});

test("a plain request to the domain is told to upgrade", async () => {
  const { gateway } = await startMapped();
  expect(await fetchBy(gateway, DOMAIN, "/")).toBe(426);
});

test("a throttled $connect counts who comes by the domain and who does not alike", async () => {
  const stage = { RouteSettings: { $connect: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } } };
  const { connectBy } = await startMapped({}, { stage });
  await connectBy(DOMAIN, "/");
  await connectBy("127.0.0.1", "/dev");
  await expect(connectBy(DOMAIN, "/")).rejects.toMatchObject({ status: 429 });
});

test.each([
  [{ DomainName: "other.example.com" }, "Mapping names other.example.com, and there is no DomainName of that name."],
  [{ Stage: "prod" }, "Mapping names the stage prod, and the API has none of that name."],
])("a mapping with %j stops the start", async (mapping, message) => {
  await expect(startMapped(mapping)).rejects.toThrow(message);
});

test("two mappings of one domain and key stop the start", async () => {
  const resources = resourcesOf({ routes: {} });
  const mapping = mappingOf(resources[0]!.ref);
  await expect(startGateway({ routes: {}, resources: [...resources, domain(), mapping, mapping] })).rejects.toThrow(
    "Mapping: there is a mapping of chat.example.com/ already.",
  );
});

test.each([
  [{ MutualTlsAuthentication: { TruststoreUri: "s3://bucket/key" } }, /MutualTlsAuthentication/],
  [{ DomainNameConfigurations: [{ CertificateArn: "arn", EndpointType: "EDGE" }] }, /regional domains only/],
  [{ DomainNameConfigurations: [CONFIGURATION, CONFIGURATION] }, /one configuration/],
])("a domain with %j is refused by name", (properties, message) => {
  expect(() => domain(properties)).toThrow(message);
});

/** The status of a plain GET. `fetch` sends no `Host` that is not the URL's. */
const fetchBy = async ({ port }: Gateway, host: string, path: string): Promise<number | undefined> => {
  const asked = get({ port, host: "127.0.0.1", path, headers: { host } });
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
};
