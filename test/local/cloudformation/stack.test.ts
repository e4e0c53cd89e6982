// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is CloudFormation's, not ours
import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { aThing, load, problems, thing } from "./stack-builder.ts";

test("resources come in the order of what they depend on", () => {
  const Resources = {
    A: aThing({ Value: { Ref: "B" } }),
    B: aThing({}, { DependsOn: "C" }),
    C: aThing({ Value: { "Fn::Sub": "${D.Arn}" } }),
    D: aThing(),
  };
  expect([...load({ Resources }).resources.keys()]).toEqual(["D", "C", "B", "A"]);
});

test("a name is made from the stack's and the resource's, no longer than 64 characters, the same at each start", () => {
  const Resources = { Short: aThing(), ["Long".repeat(20)]: aThing() };
  const names = () => [...load({ Resources }).resources.values()].map(({ ref }) => ref);
  const [short, long] = names();
  expect(short).toBe("Demo-Short");
  expect(long).toMatch(/^Demo-(Long)+L?o?n?g?-[0-9a-f]{8}$/);
  expect(long).toHaveLength(64);
  expect(names()).toEqual([short, long]);
});

test("every problem is reported, each once and at its place", () => {
  const path = { Metadata: { "aws:cdk:path": "Demo/bad/Resource" } };
  const Resources = {
    Unknown: { Type: "AWS::EC2::Instance", Properties: { ImageId: "x" } },
    Bad: aThing({ Nmae: "x", Name: 7 }, path),
    HangsOnBad: aThing({ Value: { Ref: "Bad" }, Nmae: "y" }),
    Late: aThing({}, { DependsOn: ["Nobody"], UpdatePolicy: {} }),
    Fine: aThing(),
  };
  expect(
    problems({ Resources, Transform: "AWS::Serverless-2016-10-31", Outputs: { O: { Value: { Ref: "No" } } } }),
  ).toEqual([
    "Transform: is not understood here",
    "Resources.Late.UpdatePolicy: is not understood here",
    "Unknown (AWS::EC2::Instance): Type: no resource of this type is run here",
    "Bad (Test::Thing, Demo/bad/Resource): Properties.Name: has to be string, not 7",
    "Bad (Test::Thing, Demo/bad/Resource): Properties.Nmae: is not understood here",
    "HangsOnBad (Test::Thing): Properties.Nmae: is not understood here",
    "O (Output): Value: There is no resource or parameter No",
  ]);
});

test("resources that need each other are reported as a circle", () => {
  const Resources = {
    A: aThing({ Value: { Ref: "B" } }),
    B: aThing({}, { DependsOn: ["C"] }),
    C: aThing({ Value: { "Fn::GetAtt": ["A", "Arn"] } }),
    Outside: aThing({ Value: { Ref: "A" } }),
  };
  expect(problems({ Resources })).toEqual([
    "A (Test::Thing): a circle of resources, each of which needs the next: A → B → C → A",
  ]);
});

test.each<[string, JsonObject, Record<string, string>, string]>([
  ["without a value", { Type: "String" }, {}, "P (Parameter): has no default: give it a value"],
  [
    "that is not allowed",
    { Type: "String", AllowedValues: ["a", "b"] },
    { P: "c" },
    "P (Parameter): c is not one of a, b",
  ],
  [
    "of another pattern",
    { Type: "String", AllowedPattern: "[a-z]+" },
    { P: "a1" },
    "P (Parameter): a1 does not match [a-z]+",
  ],
  ["that is no number", { Type: "Number" }, { P: "many" }, "P (Parameter): many is not a number"],
  ["too large", { Type: "Number", MaxValue: 3 }, { P: "4" }, "P (Parameter): 4 is more than 3"],
  ["too short", { Type: "String", MinLength: "2" }, { P: "x" }, "P (Parameter): is shorter than 2 characters"],
])("a parameter %s is refused", (_name, P, parameters, line) => {
  const Resources = { Uses: aThing({ Value: { Ref: "P" } }) };
  expect(problems({ Parameters: { P }, Resources }, { parameters })).toEqual([line]);
});

test("a value given for no parameter is refused", () => {
  expect(problems({}, { parameters: { Q: "1" } })).toEqual(["Parameters: There is no parameter Q"]);
});

test("a parameter from Systems Manager hurts nobody until its value is needed", () => {
  const BootstrapVersion = { Type: "AWS::SSM::Parameter::Value<String>", Default: "/cdk-bootstrap/hnb659fds/version" };
  const Rules = { CheckBootstrapVersion: { Assertions: [] } };
  const Resources = { Uses: aThing({ Value: { Ref: "BootstrapVersion" } }) };
  expect(problems({ Parameters: { BootstrapVersion }, Rules, Resources: {} })).toEqual([]);
  expect(problems({ Parameters: { BootstrapVersion }, Resources })).toEqual([
    "Uses (Test::Thing): Properties.Value: The parameter BootstrapVersion has no value here: give it one",
  ]);
});

test("outputs are texts, and only those whose condition holds", () => {
  const Conditions = { Never: { "Fn::Equals": ["a", "b"] } };
  const Outputs = {
    Url: { Value: { "Fn::Sub": "wss://${A}" }, Export: { Name: "url" } },
    Gone: { Value: "x", Condition: "Never" },
  };
  expect(load({ Resources: { A: aThing({ Name: "a" }) }, Conditions, Outputs }).outputs).toEqual({ Url: "wss://a" });
});

test("resources are found by their type", () => {
  const { ofType } = load({ Resources: { A: aThing({ Name: "a" }) } });
  expect(ofType(thing).map(({ properties }) => properties.Name)).toEqual(["a"]);
});

test("an asset lies where the manifest says, once account and Region are filled in", () => {
  const assets = {
    files: {
      hash: {
        source: { path: "asset.hash", packaging: "zip" },
        destinations: { here: { bucketName: "assets-${AWS::AccountId}-${AWS::Region}", objectKey: "hash.zip" } },
      },
    },
  };
  const { assetDirectory } = load({}, { assets });
  expect(assetDirectory("assets-123456789012-us-east-1", "hash.zip")).toBe("/assembly/asset.hash");
  expect(() => assetDirectory("assets-123456789012-us-east-1", "other.zip")).toThrow("other.zip in the bucket");
});
