// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is CloudFormation's, not ours
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../local/json.ts";
import { aThing, evaluated, load, problems } from "./stack-builder.ts";

const mappings = { Mappings: { Sizes: { "us-east-1": { small: "1", list: ["a", "b"] } } } };
const conditions = {
  Parameters: { Stage: { Type: "String", Default: "dev" } },
  Conditions: {
    IsDev: { "Fn::Equals": [{ Ref: "Stage" }, "dev"] },
    IsProd: { "Fn::Not": [{ Condition: "IsDev" }] },
    Either: { "Fn::Or": [{ Condition: "IsDev" }, { Condition: "IsProd" }] },
    Both: { "Fn::And": [{ Condition: "IsDev" }, { Condition: "IsProd" }] },
  },
};

test.each<[string, Json, unknown, JsonObject?]>([
  ["Ref gives a resource's reference", { Ref: "Other" }, "other"],
  ["Ref gives a parameter's value", { Ref: "Stage" }, "dev", conditions],
  [
    "Ref gives a Number parameter as a number",
    { Ref: "N" },
    3,
    { Parameters: { N: { Type: "Number", Default: "3" } } },
  ],
  [
    "Ref gives a list parameter as a list",
    { Ref: "L" },
    ["a", "b"],
    { Parameters: { L: { Type: "CommaDelimitedList", Default: "a, b" } } },
  ],
  ["Ref gives the Region", { Ref: "AWS::Region" }, "us-east-1"],
  ["Ref gives the account", { Ref: "AWS::AccountId" }, "123456789012"],
  ["Ref gives the partition", { Ref: "AWS::Partition" }, "aws"],
  ["Ref gives the URL suffix", { Ref: "AWS::URLSuffix" }, "amazonaws.com"],
  ["Ref gives the stack's name", { Ref: "AWS::StackName" }, "Demo"],
  ["Ref gives no notification ARNs", { Ref: "AWS::NotificationARNs" }, []],
  ["AWS::NoValue takes a property away", { keep: 1, drop: { Ref: "AWS::NoValue" } }, { keep: 1 }],
  ["AWS::NoValue takes a list entry away", ["a", { Ref: "AWS::NoValue" }, "b"], ["a", "b"]],
  ["Fn::GetAtt gives an attribute", { "Fn::GetAtt": ["Other", "Arn"] }, "arn:aws:thing:us-east-1:123456789012:other"],
  ["Fn::GetAtt takes a text too", { "Fn::GetAtt": "Other.Arn" }, "arn:aws:thing:us-east-1:123456789012:other"],
  ["Fn::GetAtt takes an attribute with a dot", { "Fn::GetAtt": "Other.Inner.Name" }, "inner of Other"],
  ["Fn::Join joins", { "Fn::Join": ["-", ["a", { Ref: "Other" }, 3, true]] }, "a-other-3-true"],
  ["Fn::Join joins a list that a function gives", { "Fn::Join": ["+", { "Fn::Split": [",", "a,b"] }] }, "a+b"],
  [
    "Fn::Sub fills in",
    { "Fn::Sub": "${AWS::Region}/${Other}/${Other.Arn}" },
    "us-east-1/other/arn:aws:thing:us-east-1:123456789012:other",
  ],
  ["Fn::Sub takes values", { "Fn::Sub": ["${X}-${Other}", { X: { Ref: "AWS::Region" } }] }, "us-east-1-other"],
  ["Fn::Sub keeps ${!literal} and lone signs", { "Fn::Sub": "${!Other} $5 {x}" }, "${Other} $5 {x}"],
  ["Fn::Select selects", { "Fn::Select": ["1", ["a", "b"]] }, "b"],
  ["Fn::Split splits", { "Fn::Split": ["/", "a/b/c"] }, ["a", "b", "c"]],
  ["Fn::Base64 encodes", { "Fn::Base64": "grüße" }, "Z3LDvMOfZQ=="],
  ["Fn::FindInMap finds", { "Fn::FindInMap": ["Sizes", { Ref: "AWS::Region" }, "small"] }, "1", mappings],
  ["Fn::If takes what holds", { "Fn::If": ["IsDev", "yes", "no"] }, "yes", conditions],
  [
    "Fn::If takes the other branch",
    { "Fn::If": ["IsProd", "yes", { "Fn::If": ["Either", "either", "no"] }] },
    "either",
    conditions,
  ],
  ["Fn::If leaves the other branch alone", { "Fn::If": ["Both", { Ref: "Nobody" }, "fine"] }, "fine", conditions],
  ["a key called __proto__ is a key", JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
])("%s", (_name, value, result, template) => {
  expect(evaluated(value, template)).toEqual(result);
});

test.each<[string, Json, string]>([
  ["a reference to nothing", { Ref: "Nobody" }, "There is no resource or parameter Nobody"],
  ["an attribute of nothing", { "Fn::GetAtt": ["Nobody", "Arn"] }, "There is no resource Nobody"],
  [
    "an attribute that the type has not",
    { "Fn::GetAtt": ["Other", "constructor"] },
    "Other (Test::Thing) has no attribute constructor here; it has Arn, Inner.Name",
  ],
  ["a name in Fn::Sub that is nowhere", { "Fn::Sub": "${Nobody}" }, "There is no resource or parameter Nobody"],
  [
    "Fn::ImportValue",
    { "Fn::ImportValue": "x" },
    "Fn::ImportValue is not run here; there are Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select, Fn::Split, Fn::If, Fn::FindInMap, Fn::Base64",
  ],
  ["a function with company", { "Fn::Base64": "x", b: 1 }, "Fn::Base64 has to stand alone, not with b"],
  ["Fn::Join without its list", { "Fn::Join": [","] }, "Fn::Join takes [delimiter, values]"],
  ["Fn::Select past the end", { "Fn::Select": [2, ["a"]] }, "Fn::Select finds no entry 2 of 1"],
  ["Fn::If on no condition", { "Fn::If": ["Nope", 1, 2] }, "There is no condition Nope"],
  ["Fn::FindInMap of nothing", { "Fn::FindInMap": ["M", "a", "b"] }, "Mappings has no M.a.b"],
])("%s is a problem that names the place", (_name, value, message) => {
  const Resources = { Subject: aThing({ Value: { deep: [value] } }), Other: aThing() };
  expect(problems({ Resources })).toEqual([`Subject (Test::Thing): Properties.Value.deep.0: ${message}`]);
});

test("a resource whose condition does not hold is not made, and cannot be referred to", () => {
  const Other = aThing({}, { Condition: "Both" });
  expect([...load({ ...conditions, Resources: { Other } }).resources]).toEqual([]);
  expect(problems({ ...conditions, Resources: { Other, Subject: aThing({ Value: { Ref: "Other" } }) } })).toEqual([
    "Subject (Test::Thing): Properties.Value: Other is not made: its condition Both does not hold",
  ]);
});

test.each<[string, JsonObject, string]>([
  [
    "one that depends on itself",
    { A: { "Fn::Not": [{ Condition: "A" }] } },
    "A (Condition): The condition A depends on itself",
  ],
  [
    "one that asks for a resource",
    { A: { "Fn::Equals": [{ "Fn::GetAtt": ["X", "Arn"] }, "x"] } },
    "A (Condition): Fn::Equals: A condition cannot ask for an attribute: it is evaluated before any resource is there",
  ],
  [
    "one of an unknown form",
    { A: { "Fn::Xor": [] } },
    'A (Condition): A condition is one of Condition, Fn::Equals, Fn::And, Fn::Or, Fn::Not; this is {"Fn::Xor":[]}',
  ],
])("a condition is refused: %s", (_name, Conditions, line) => {
  expect(problems({ Conditions, Resources: {} })).toEqual([line]);
});
