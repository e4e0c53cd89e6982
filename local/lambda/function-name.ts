import { AwsError } from "../aws/error.ts";

/**
 * The bare name in what Invoke calls a function: a name, an ARN or a partial ARN (`account:function:name`), each with
 * an optional `:$LATEST`, https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 * @throws AwsError `ResourceNotFoundException` for another qualifier: versions and aliases are not in the template
 */
export const unqualifiedName = (nameOrArn: string): string => {
  const [, name, qualifier = "$LATEST"] =
    /^(?:(?:arn:[a-z-]+:lambda:[a-z0-9-]+:)?\d{12}:function:|function:)?([\w-]+)(?::([\w$-]+))?$/.exec(nameOrArn) ?? [];
  if (!name) {
    throw new AwsError("ValidationException", `'${nameOrArn}' is neither a function's name nor its ARN.`, 400);
  }
  if (qualifier !== "$LATEST") {
    throw new AwsError("ResourceNotFoundException", `Function not found: ${name}:${qualifier}`, 404);
  }
  return name;
};
