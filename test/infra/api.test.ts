import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";
import { CONFIGURED } from "./configured.ts";

const stageOf = ({ ofType }: ReturnType<typeof templateWith>) => ofType("AWS::ApiGatewayV2::Stage")[0]!;

test("connecting and joining have rates of their own; every other route has the stage's", () => {
  const template = templateWith({ connectsPerSecond: 3, joinsPerSecond: "4", framesPerSecond: 5, framesBurst: 6 });
  expect(stageOf(template).Properties).toMatchObject({
    RouteSettings: {
      $connect: { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 3 },
      join: { ThrottlingRateLimit: 4, ThrottlingBurstLimit: 4 },
    },
    DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 6 },
  });
});

test("the stage waits for every route, those among them that it has settings for", () => {
  const template = templateWith();
  const routes = Object.entries(template.resources).flatMap(([id, { Type }]) =>
    Type === "AWS::ApiGatewayV2::Route" ? [id] : [],
  );
  expect(routes).toHaveLength(10);
  expect(stageOf(template).DependsOn).toEqual(expect.arrayContaining(routes));
});

test("without a domain of one's own there is none, and clients connect to the stage", () => {
  const { ofType, outputs } = templateWith();
  expect(ofType("AWS::ApiGatewayV2::DomainName")).toEqual([]);
  expect(ofType("AWS::ApiGatewayV2::ApiMapping")).toEqual([]);
  expect(outputs).not.toHaveProperty("DomainTarget");
});

test("a domain of one's own has its certificate and TLS 1.2, and the stage is at its root", () => {
  const { ofType, resources } = templateWith(CONFIGURED);
  const [domain] = Object.entries(resources).find(([, { Type }]) => Type === "AWS::ApiGatewayV2::DomainName")!;
  expect(resources[domain]!.Properties).toEqual({
    DomainName: "chat.example.com",
    DomainNameConfigurations: [
      { CertificateArn: CONFIGURED.certificateArn, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" },
    ],
  });
  expect(ofType("AWS::ApiGatewayV2::ApiMapping").map(({ Properties }) => Properties)).toEqual([
    { ApiId: expect.anything(), DomainName: { Ref: domain }, Stage: expect.anything() },
  ]);
});

test("the endpoint is the domain, and an output says what DNS has to point at", () => {
  const { outputs, ofType } = templateWith(CONFIGURED);
  expect(JSON.stringify(outputs.WebSocketEndpoint!.Value)).toMatch(
    /^\{"Fn::Join":\["",\["wss:\/\/",\{"Ref":".*"\}\]\]\}$/,
  );
  expect(JSON.stringify(outputs.DomainTarget!.Value)).toContain("RegionalDomainName");
  expect(ofType("AWS::ApiGatewayV2::Api").map(({ Properties }) => Properties.DisableExecuteApiEndpoint)).toEqual([
    undefined,
  ]);
});

test("posts go to the stage's own address, whatever domain clients come by", () => {
  const urls = (config?: Parameters<typeof templateWith>[0]) =>
    templateWith(config).functions.flatMap(({ Properties }) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      return JSON.stringify(Variables.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI) ?? [];
    });
  expect(urls().length).toBeGreaterThan(0);
  expect(urls({ ...CONFIGURED, stage: "dev" })).toEqual(urls());
});
