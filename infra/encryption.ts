import { type Table, TableEncryption, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";

/** With what the tables of a construct are encrypted: a key of one's own, or by default DynamoDB's. */
export const encryptionOf = (
  scope: Construct,
  { encryptionKeyArn }: Config,
): Pick<TableProps, "encryption" | "encryptionKey"> =>
  encryptionKeyArn === undefined
    ? {}
    : {
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: Key.fromKeyArn(scope, "table-key", encryptionKeyArn),
      };

/**
 * What whoever reads or writes a table must be allowed on its key, where that is one's own: DynamoDB uses the key in the
 * caller's name, for writes too (aws-cdk, issue 10010). Nobody may use it otherwise than by DynamoDB. The actions are those
 * of CDK's own grants.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const keyUse = ({ encryptionKey, stack }: Table): readonly PolicyStatement[] =>
  encryptionKey === undefined
    ? []
    : [
        new PolicyStatement({
          actions: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
          ],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { "kms:ViaService": `dynamodb.${stack.region}.${stack.urlSuffix}` } },
        }),
      ];
