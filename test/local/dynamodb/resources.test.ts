import * as v from "valibot";
import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/dynamodb/resources.ts";
import { books } from "./books.ts";

const type = resourceTypes["AWS::DynamoDB::Table"];
const problems = (properties: object) =>
  v.safeParse(type.properties, properties).issues?.map((issue) => v.getDotPath(issue)) ?? [];

test("a table as CDK writes it is understood", () => {
  const written = {
    ...books().properties,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: {
      SSEEnabled: true,
      SSEType: "KMS",
      KMSMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/1234abcd",
    },
    DeletionProtectionEnabled: true,
    Tags: [{ Key: "team", Value: "library" }],
  };
  expect(problems(written)).toEqual([]);
});

test.each([
  ["a stream", { StreamSpecification: { StreamViewType: "NEW_IMAGE" } }, "StreamSpecification"],
  ["provisioned throughput", { BillingMode: "PROVISIONED" }, "BillingMode"],
  ["no billing mode, which is provisioned", { BillingMode: undefined }, "BillingMode"],
  ["a limit on demand", { OnDemandThroughput: { MaxReadRequestUnits: 1 } }, "OnDemandThroughput"],
  ["local indexes", { LocalSecondaryIndexes: [] }, "LocalSecondaryIndexes"],
  ["a name of two characters", { TableName: "ab" }, "TableName"],
  [
    "a key of KMS that is not named by its ARN",
    { SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/library" } },
    "SSESpecification.KMSMasterKeyId",
  ],
  ["a key without attributes", { KeySchema: [] }, "KeySchema"],
])("%s is refused by name", (_what, change, path) => {
  expect(problems({ ...books().properties, ...change })).toEqual([path]);
});

test("Ref is the table's name and Arn its ARN, given or generated", () => {
  const { identity } = books({}, "library-Books1A2B");
  const named = { ...identity, property: (name: string) => (name === "TableName" ? "books" : undefined) };
  expect([type.ref(identity), type.ref(named)]).toEqual(["library-Books1A2B", "books"]);
  expect(type.attributes.Arn?.(named)).toBe("arn:aws:dynamodb:us-east-1:123456789012:table/books");
});
