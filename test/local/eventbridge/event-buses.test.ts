import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { bus, directory, entry, MACHINE, TRACE } from "./bus.ts";

const principal = { kind: "operator" } as const;

describe("PutEvents", () => {
  test("delivers the whole event to the rule's target", async () => {
    const { put, delivered, clock } = await bus();
    await put(entry({ Resources: ["arn:aws:one"], Time: 1_700_000_000.9 }));
    await clock.advance(0);
    expect(delivered).toEqual([
      {
        target: {
          id: "work",
          arn: MACHINE,
          roleArn: undefined,
          ruleArn: expect.stringMatching(/:rule\/orders\/to-work$/),
        },
        input: {
          version: "0",
          id: "event-1",
          "detail-type": "Ordered",
          source: "shop",
          account: "123456789012",
          time: "2023-11-14T22:13:20Z",
          region: "us-east-1",
          resources: ["arn:aws:one"],
          detail: { order: 1 },
        },
        trace: undefined,
      },
    ]);
  });

  test.each<[string, JsonObject, string, string]>([
    [
      "no source",
      { Source: "" },
      "InvalidArgument",
      "Parameter Source is not valid. Reason: Source is a required argument.",
    ],
    [
      "no type",
      { DetailType: "" },
      "InvalidArgument",
      "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
    ],
    [
      "no detail",
      { Detail: "" },
      "InvalidArgument",
      "Parameter Detail is not valid. Reason: Detail is a required argument.",
    ],
    ["a detail that is not JSON", { Detail: "{{}" }, "MalformedDetail", "Detail is malformed."],
    ["a detail that is an array", { Detail: "[]" }, "MalformedDetail", "Detail is malformed."],
    ["a source of AWS", { Source: "aws.s3" }, "NotAuthorizedForSourceException", "Not authorized for the source."],
  ])("fails the entry with %s and takes the others", async (_what, fields, ErrorCode, ErrorMessage) => {
    const { put, delivered, clock } = await bus();
    const answer = await put(entry(fields), entry());
    await clock.advance(0);
    expect(answer).toEqual({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }, { EventId: "event-2" }] });
    expect(delivered).toHaveLength(1);
  });

  test.each<[string, JsonObject[], string]>([
    ["no entry", [], "greater than or equal to 1"],
    ["eleven entries", Array.from({ length: 11 }, () => entry()), "less than or equal to 10"],
    ["entries over 1 MB", [entry({ Detail: `{"x":"${"y".repeat(1024 * 1024)}"}` })], "over the limit"],
  ])("refuses a call with %s", async (_what, entries, message) => {
    const { put } = await bus();
    await expect(put(...entries)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message),
    });
  });

  test("accepts an event for a bus that does not exist, as AWS does, and delivers nothing", async () => {
    const { put, delivered, clock } = await bus();
    expect(await put(entry({ EventBusName: "nowhere" }))).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: "event-1" }],
    });
    await clock.advance(0);
    expect(delivered).toEqual([]);
  });

  test("says in the log, once for each kind, that no rule matches an event", async () => {
    const { put, logged } = await bus();
    await put(entry(), entry({ Source: "till" }));
    await put(entry({ Source: "till" }), entry({ Source: "till", DetailType: "Paid" }));
    expect(logged.map(({ message }) => message)).toEqual([
      "No rule of orders matches a Ordered of till: it goes nowhere.",
      "No rule of orders matches a Paid of till: it goes nowhere.",
    ]);
  });

  test("takes a detail of a thousand levels, and none that is deeper", async () => {
    const { put } = await bus();
    const deep = (levels: number) => entry({ Detail: `${'{"a":'.repeat(levels)}0${"}".repeat(levels)}` });
    const { Entries } = await put(deep(1_000), deep(1_001), deep(50_000));
    expect(Entries).toMatchObject([
      { EventId: "event-1" },
      { ErrorCode: "MalformedDetail" },
      { ErrorCode: "MalformedDetail" },
    ]);
  });

  test("takes a time as text, as a state machine sends it, and refuses what is none", async () => {
    const { put, delivered, clock } = await bus();
    await put(entry({ Time: "2026-01-02T03:04:05.678+01:00" }));
    await clock.advance(0);
    expect(delivered[0]?.input.time).toBe("2026-01-02T02:04:05Z");
    await expect(put(entry({ Time: "noon" }))).rejects.toMatchObject({ name: "SerializationException" });
  });

  test("takes the bus by its ARN", async () => {
    const { put, delivered, clock } = await bus();
    await put(entry({ EventBusName: "arn:aws:events:us-east-1:123456789012:event-bus/orders" }));
    await clock.advance(0);
    expect(delivered).toHaveLength(1);
  });

  test("hands on the entry's trace header rather than the call's", async () => {
    const { service, delivered, clock } = await bus();
    const ofTheCall = TRACE.replace("Sampled=1", "Sampled=0");
    const input = { Entries: [entry({ TraceHeader: TRACE }), entry()] };
    await service.call("PutEvents", input, { principal, traceHeader: ofTheCall });
    await clock.advance(0);
    expect(delivered.map(({ trace }) => trace)).toEqual([TRACE, ofTheCall]);
  });

  test("an event goes on without a trace header that is not valid", async () => {
    const { put, delivered, clock } = await bus();
    await put(entry({ TraceHeader: "Root=of the tree" }));
    await clock.advance(0);
    expect(delivered).toMatchObject([{ trace: undefined }]);
  });

  test("leaves the detail's numbers as they were written, for patterns and for targets", async () => {
    const pattern = { detail: { amount: [{ numeric: ["=", 5] }] } };
    const { put, attempts, clock } = await bus({ pattern });
    await put(entry({ Detail: '{"amount": 5.00}' }), entry({ Detail: '{"amount": "5"}' }));
    await clock.advance(0);
    expect(attempts).toHaveLength(1);
  });
});

describe("a rule", () => {
  test.each<[string, object]>([
    ["that does not match", { pattern: { source: ["bank"] } }],
    ["that is disabled", { rule: { State: "DISABLED" } }],
    ["of another bus", { rule: { EventBusName: "default" } }],
  ])("%s gets nothing", async (_which, options) => {
    const { put, attempts, clock } = await bus(options);
    await put(entry());
    await clock.advance(0);
    expect(attempts).toEqual([]);
  });

  test("sends the part at InputPath, or the constant Input", async () => {
    const targets = [
      { Id: "part", Arn: MACHINE, InputPath: "$.detail" },
      { Id: "constant", Arn: MACHINE, Input: '{"always": true}' },
    ];
    const { put, delivered, clock } = await bus({ targets });
    await put(entry());
    await clock.advance(0);
    expect(delivered.map(({ input }) => input)).toEqual([{ order: 1 }, { always: true }]);
  });

  test("with a pattern that is not valid stops the start and is named", async () => {
    await expect(bus({ pattern: { source: [{ sounds: "x" }] } })).rejects.toThrow(
      "Rule (AWS::Events::Rule): Event pattern is not valid. Reason: Unrecognized match type sounds",
    );
  });

  test.each([{ ScheduleExpression: "rate(1 minute)" }, { RoleArn: MACHINE }])(
    "with %o is refused",
    async (property) => {
      await expect(bus({ rule: property })).rejects.toThrow(Object.keys(property)[0]);
    },
  );

  test("with an InputTransformer is refused by that name", async () => {
    await expect(bus({ target: { InputTransformer: { InputTemplate: "<x>" } } })).rejects.toThrow("InputTransformer");
  });
});

test("PutEvents needs leave for each entry's bus, source and detail type", async () => {
  const { service } = await bus();
  expect(service.permissions("PutEvents", { Entries: [entry()] })).toEqual([
    {
      action: "events:PutEvents",
      resource: "arn:aws:events:us-east-1:123456789012:event-bus/orders",
      conditions: { "events:source": "shop", "events:detail-type": "Ordered" },
    },
  ]);
});

test("the unmodified SDK puts events and looks in", async () => {
  const { service, delivered, clock } = await bus();
  const server = await serveJson(service);
  onTestFinished(server.close);
  const client = new EventBridgeClient(server.client);
  const Entries = [{ EventBusName: "orders", Source: "shop", DetailType: "T", Detail: "{}", Time: new Date(5_000) }];
  expect(await client.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
  await clock.advance(0);
  expect(delivered[0]?.input.time).toBe("1970-01-01T00:00:05Z");

  const { Rules } = await client.send(new ListRulesCommand({ EventBusName: "orders" }));
  expect(Rules).toMatchObject([{ Name: "to-work", State: "ENABLED", EventPattern: '{"source":["shop"]}' }]);
  const bad = client.send(new TestEventPatternCommand({ EventPattern: '{"a":1}', Event: "{}" }));
  await expect(bad).rejects.toMatchObject({ name: "InvalidEventPatternException" });
  await expect(client.send(new ListRulesCommand({ EventBusName: "none" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("an action that is not there is unknown", async () => {
  const { service } = await bus({ directory: await directory() });
  await expect(service.call("PutRule", {}, { principal })).rejects.toMatchObject({ name: "UnknownOperationException" });
});
