import { RemovalPolicy } from "aws-cdk-lib";
import { BillingMode, type Table, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { Config } from "./config.ts";
import { keyUse } from "./encryption.ts";

/** What tables have in common that are worth nothing after a restore. */
export const passingTable = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
} as const;

/** What tables have in common that are worth keeping. */
export const keptTable = ({ removalPolicy }: Config): Omit<TableProps, "partitionKey"> => ({
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: removalPolicy === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  deletionProtection: removalPolicy === "retain",
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
});

/**
 * The permission for actions on the table itself, without its indexes, which `Table.grant` would add, or on one of them;
 * and for what its key asks for with it.
 */
export const permissions = (table: Table, actions: readonly string[], index = ""): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [`${table.tableArn}${index}`],
  }),
  ...keyUse(table),
];

/** Allows functions actions on the table, and names it in their environment. */
export const allow = (table: Table, variable: string, actions: readonly string[], functions: readonly Lambda[]) => {
  for (const lambda of functions) {
    for (const statement of permissions(table, actions)) lambda.addToRolePolicy(statement);
    lambda.addEnvironment(variable, table.tableName);
  }
};
