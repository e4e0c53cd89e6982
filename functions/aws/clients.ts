import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { traced } from "../runtime/observe.ts";
import { Sha256 } from "./sha256.ts";

/**
 * A client of the tables. A call that hangs is given up and repeated well inside the function's timeout: without
 * `throwOnRequestTimeout` the SDK only warns (aws-sdk-js-v3, issue 6896).
 */
export const tablesClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    traced(
      new DynamoDBClient({ requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true }, sha256: Sha256 }),
    ),
    { marshallOptions: { removeUndefinedValues: true } },
  );
