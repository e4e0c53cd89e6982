import type { Permission } from "../aws/service.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { TableProperties } from "./resources.ts";

/** Those that read or write items: only for them a table's key is needed. */
const ON_ITEMS = new Set(
  ["BatchGet", "BatchWrite", "ConditionCheck", "Delete", "Get", "Put", "Update"]
    .map((verb) => `dynamodb:${verb}Item`)
    .concat("dynamodb:Query", "dynamodb:Scan"),
);

/**
 * Adds what IAM must allow on a table's own key before its items are read or written: DynamoDB decrypts the table's key
 * in the caller's name. Nothing is encrypted here; a missing permission is found all the same.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html
 */
export const withKeyPermissions = (tables: readonly Resource<TableProperties>[], region: string) => {
  const permissionOf = new Map(
    tables.flatMap(({ ref, properties, identity }): [string, Permission][] => {
      const resource = properties.SSESpecification?.KMSMasterKeyId;
      const suffix = identity.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
      const conditions = { "kms:ViaService": `dynamodb.${region}.${suffix}` };
      return resource === undefined ? [] : [[ref, { action: "kms:Decrypt", resource, conditions }]];
    }),
  );
  return (permissions: readonly Permission[]): readonly Permission[] => {
    if (permissionOf.size === 0) return permissions;
    const ofKeys = permissions.flatMap(({ action, resource }) =>
      ON_ITEMS.has(action) ? (permissionOf.get(/:table\/([^/]+)/.exec(resource)?.[1] ?? "") ?? []) : [],
    );
    return [...permissions, ...new Set(ofKeys)];
  };
};
