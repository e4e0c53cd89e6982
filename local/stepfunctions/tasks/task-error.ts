import { AwsError } from "../../aws/error.ts";
import { ExecutionError } from "../asl/errors.ts";

/** How an integration names the errors of its service. */
export interface ErrorNames {
  /** What stands before the dot: `DynamoDb`. */
  readonly prefix: string;
  /** The name for an error that is not in the service's model, such as a denied permission: `DynamoDbException`. */
  readonly unmodelled: string;
  /** Whether an error of this name is in the service's model. */
  isModelled(name: string): boolean;
}

/**
 * Runs a call and gives its errors the names that Retry and Catch know.
 * @throws ExecutionError for what the service answered; whatever else was thrown, as it is.
 */
export const namingErrors = async <Result>(names: ErrorNames, call: () => Promise<Result>): Promise<Result> => {
  try {
    return await call();
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    const { name, message, status } = failure;
    const error = `${names.prefix}.${names.isModelled(name) ? exceptionName(name) : names.unmodelled}`;
    throw new ExecutionError(error, `${message} (Service: ${names.prefix}, Status Code: ${status})`);
  }
};

/** Step Functions has its names from the SDK for Java, whose exceptions all end so: `InvalidArn` → `InvalidArnException`. */
const exceptionName = (name: string) => (name.endsWith("Exception") ? name : `${name}Exception`);
