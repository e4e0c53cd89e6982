import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";

test("the WebSocket endpoint is the first output", () => {
  expect(Object.keys(templateWith().outputs)[0]).toBe("WebSocketEndpoint");
});

test("the stage names the stack and ends the endpoint", () => {
  const { stackName, outputs, ofType } = templateWith({ stage: "prod" });
  expect(stackName).toBe("Roomcast-prod");
  expect(ofType("AWS::ApiGatewayV2::Stage").map(({ Properties }) => Properties.StageName)).toEqual(["prod"]);
  expect(JSON.stringify(outputs.WebSocketEndpoint!.Value)).toMatch(/^\{"Fn::Join":\["",\["wss:\/\/".*"\/prod"\]\]\}$/);
});

test("two stages have no name in common that an account has once", () => {
  const namesOf = (stage: string) => {
    const { ofType } = templateWith({ stage });
    const buses = ofType("AWS::Events::EventBus").map(({ Properties }) => Properties.Name);
    const groups = ofType("AWS::Logs::LogGroup").map(({ Properties }) => Properties.LogGroupName);
    const archives = ofType("AWS::Events::Archive").map(({ Properties }) => Properties.ArchiveName);
    const dashboards = ofType("AWS::CloudWatch::Dashboard").map(({ Properties }) => Properties.DashboardName);
    return [...buses, ...groups, ...archives, ...dashboards].filter((name) => name !== undefined);
  };
  const expected = (stage: string) => [
    `Roomcast-${stage}-bus`,
    `/aws/vendedlogs/states/Roomcast-${stage}-room-segment`,
    `/aws/vendedlogs/states/Roomcast-${stage}-room-fanout`,
    `/aws/vendedlogs/states/Roomcast-${stage}-room-presence`,
    `Roomcast-${stage}-messages`,
    `Roomcast-${stage}`,
  ];
  expect(namesOf("one")).toEqual(expected("one"));
  expect(namesOf("two")).toEqual(expected("two"));
});

test.each([
  ["AWS::CloudWatch::Alarm", "AlarmName", "-"],
  ["AWS::Logs::QueryDefinition", "Name", "/"],
])("every %s is named by the stack", (type, property, separator) => {
  const names = templateWith({ stage: "prod" })
    .ofType(type)
    .map(({ Properties }) => String(Properties[property]));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !name.startsWith(`Roomcast-prod${separator}`))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ["destroy", "Delete", false],
  ["retain", "Retain", true],
])("removalPolicy %s: %s for rooms, messages and bans; nothing else is kept", (removalPolicy, policy, isProtected) => {
  const tables = templateWith({ removalPolicy }).ofType("AWS::DynamoDB::Table");
  const policies = tables.map(({ Properties, DeletionPolicy, UpdateReplacePolicy }) => {
    const keys = (Properties.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
    return [keys.join(), DeletionPolicy, UpdateReplacePolicy, Properties.DeletionProtectionEnabled ?? false];
  });
  expect(policies).toEqual([
    ["connectionId,room", "Delete", "Delete", false],
    ["room", policy, policy, isProtected],
    ["room,seq", policy, policy, isProtected],
    ["ref", "Delete", "Delete", false],
    ["identity,item", policy, policy, isProtected],
    ["room,row", "Delete", "Delete", false],
  ]);
});

const stageOf = ({ resources }: ReturnType<typeof templateWith>) =>
  Object.values(resources).find(({ Type }) => Type === "AWS::ApiGatewayV2::Stage")!;

test("accessLogs off: the stage writes none, and the account's settings are not touched", () => {
  const template = templateWith({ accessLogs: "off" });
  expect(stageOf(template).Properties).not.toHaveProperty("AccessLogSettings");
  expect(template.ofType("AWS::ApiGateway::Account")).toEqual([]);
});

test("accessLogs use-account-role: the stage writes them with the role that the account has", () => {
  const template = templateWith({ accessLogs: "use-account-role" });
  expect(stageOf(template).Properties).toHaveProperty("AccessLogSettings.DestinationArn");
  expect(template.ofType("AWS::ApiGateway::Account")).toEqual([]);
});

test("accessLogs create-account-role: the account has its role before the stage is made", () => {
  const template = templateWith({ accessLogs: "create-account-role" });
  const [account] = Object.entries(template.resources).find(([, { Type }]) => Type === "AWS::ApiGateway::Account")!;
  const [group] = Object.entries(template.resources).find(([, { DependsOn = [] }]) => DependsOn.includes(account))!;
  expect(JSON.stringify(stageOf(template).Properties.AccessLogSettings)).toContain(`"Fn::GetAtt":["${group}","Arn"]`);
});

test("access logs hold no content, no query and no header of a client", () => {
  const { Format } = stageOf(templateWith({ accessLogs: "use-account-role" })).Properties.AccessLogSettings as {
    Format: string;
  };
  expect(Object.keys(JSON.parse(Format))).toEqual([
    "requestId",
    "time",
    "connectionId",
    "eventType",
    "routeKey",
    "status",
    "error",
    "integrationError",
  ]);
});

test("every function has a log group of its own, and every log group is kept for 30 days and goes with the stack", () => {
  const template = templateWith({ accessLogs: "use-account-role" });
  const groups = template.ofType("AWS::Logs::LogGroup");
  expect(groups.map(({ Properties, DeletionPolicy }) => [Properties.RetentionInDays, DeletionPolicy])).toEqual(
    groups.map(() => [30, "Delete"]),
  );
  const functions = template.ofType("AWS::Lambda::Function");
  const theirs = functions.map(
    ({ Properties }) => (Properties.LoggingConfig as { LogGroup: { Ref: string } }).LogGroup,
  );
  expect(new Set(theirs.map(({ Ref }) => template.resources[Ref]?.Type))).toEqual(new Set(["AWS::Logs::LogGroup"]));
  expect(new Set(theirs.map(({ Ref }) => Ref)).size).toBe(functions.length);
});

test("of invocations that succeed Lambda itself logs nothing", () => {
  const levels = templateWith().functions.map(({ Properties }) => [
    Properties.Handler,
    (Properties.LoggingConfig as { SystemLogLevel: string }).SystemLogLevel,
  ]);
  expect(levels).toContainEqual(["post.handler", "WARN"]);
  expect(levels.filter(([, level]) => level !== "WARN")).toEqual([]);
});

test("what a room may have in recipients is told to those who publish, and its rate to the fan-out", () => {
  const { ofType, functions } = templateWith({ roomRecipientsPerSecond: 1_234, roomRecipientsBurst: 5_678 });
  const told = functions.flatMap(({ Properties }) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    const { ROOM_RECIPIENTS_PER_SECOND: rate, ROOM_RECIPIENTS_BURST: burst } = Variables;
    return rate || burst ? [[Properties.Handler, rate, burst]] : [];
  });
  expect(told).toEqual(["publish", "publish-requested"].map((name) => [`${name}.handler`, "1234", "5678"]));
  const rates = ofType("AWS::StepFunctions::StateMachine").flatMap(
    ({ Properties }) => (Properties.DefinitionSubstitutions as Record<string, unknown>).RoomRate ?? [],
  );
  expect(rates).toEqual(["1234"]);
});

test("the share of messages that are traced is told to those who publish, and the stage to all that have metrics", () => {
  const { functions } = templateWith({ stage: "prod", tracedPercent: "0.1" });
  const told = functions.map(({ Properties }) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    return { handler: Properties.Handler, stage: Variables.STAGE, percent: Variables.TRACED_PERCENT };
  });
  const tracing = told.filter(({ percent }) => percent !== undefined);
  expect(tracing.map(({ handler, percent }) => [handler, percent])).toEqual([
    ["publish.handler", "0.1"],
    ["publish-requested.handler", "0.1"],
  ]);
  const lifecycle = ["authorize", "connect", "disconnect", "disconnect-requested", "kick-requested"];
  const unmeasured = [...lifecycle, "post", "roster"].map((name) => `${name}.handler`);
  expect(told.map(({ handler, stage }) => [handler, stage])).toEqual(
    told.map(({ handler }) => [handler, unmeasured.includes(String(handler)) ? undefined : "prod"]),
  );
});

test("presenceMembers 0: nothing is there to tell who joins, leaves and types; the frames are taken all the same", () => {
  const typesOf = (presenceMembers: number) => {
    const { resources, functions, ofType } = templateWith({ presenceMembers });
    const count = (type: string) => ofType(type).length;
    const variables = functions.map(({ Properties }) => JSON.stringify(Properties.Environment));
    return {
      presence: Object.keys(resources).filter((id) => id.startsWith("presence")).length > 0,
      tables: count("AWS::DynamoDB::Table"),
      machines: count("AWS::StepFunctions::StateMachine"),
      routes: count("AWS::ApiGatewayV2::Route"),
      told: variables.filter((names) => names.includes("PRESENCE_TABLE")).length,
    };
  };
  const [on, off] = [typesOf(100), typesOf(0)];
  expect([on.presence, on.told]).toEqual([true, 7]);
  expect(off).toEqual({ ...on, presence: false, told: 0, tables: on.tables - 1, machines: on.machines - 1 });
});

test.each([
  [{}, []],
  [{ postConcurrency: "800" }, [["post.handler", 800]]],
])("with %j these functions have environments of their own: %j", (context, reserved) => {
  const { functions } = templateWith(context);
  const having = functions.filter(({ Properties }) => Properties.ReservedConcurrentExecutions !== undefined);
  expect(having.map(({ Properties }) => [Properties.Handler, Properties.ReservedConcurrentExecutions])).toEqual(
    reserved,
  );
});
