import { expect, test } from "vitest";
import { templateWith } from "./app-with.ts";
import { CONFIGURED } from "./configured.ts";

const tablesOf = ({ ofType }: ReturnType<typeof templateWith>) => ofType("AWS::DynamoDB::Table");

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What each policy allows on tables, and on their key. */
const policiesOf = ({ resources }: ReturnType<typeof templateWith>) =>
  Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== "AWS::IAM::Policy") return [];
    const { Statement } = Properties.PolicyDocument as { Statement: readonly Statement[] };
    const of = (service: string) => Statement.filter(({ Action }) => [Action].flat()[0]!.startsWith(service));
    return [{ id, tables: of("dynamodb:"), key: of("kms:") }];
  });

test("by default tables are encrypted with DynamoDB's own key, and nobody needs a permission for it", () => {
  const template = templateWith();
  expect(tablesOf(template).filter(({ Properties }) => "SSESpecification" in Properties)).toEqual([]);
  expect(policiesOf(template).filter(({ key }) => key.length > 0)).toEqual([]);
});

test("with a key of one's own every table is encrypted with it", () => {
  const specifications = tablesOf(templateWith(CONFIGURED)).map(({ Properties }) => Properties.SSESpecification);
  expect(specifications).toEqual(
    specifications.map(() => ({ SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: CONFIGURED.encryptionKeyArn })),
  );
  expect(specifications.length).toBeGreaterThan(4);
});

test("whoever may use a table may use its key, by DynamoDB only; nobody else may", () => {
  const policies = policiesOf(templateWith(CONFIGURED));
  const having = (grants: "tables" | "key") =>
    policies.filter((policy) => policy[grants].length > 0).map(({ id }) => id);
  expect(having("key")).toEqual(having("tables"));
  expect(having("key").length).toBeGreaterThan(10);
  for (const { key } of policies)
    for (const { Resource, Condition } of key) {
      expect(Resource).toBe(CONFIGURED.encryptionKeyArn);
      expect(JSON.stringify(Condition)).toContain(
        '{"kms:ViaService":{"Fn::Join":["",["dynamodb.",{"Ref":"AWS::Region"}',
      );
    }
});
