import type { Stack } from "../../local/cloudformation/stack.ts";
import { lambdaFunction } from "../../local/lambda/resources.ts";

/** What a person calls the things in a template: a function by its file, all else by its logical id without the hash. */
export const namesIn = (stack: Stack) => {
  const functions = new Map(stack.ofType(lambdaFunction).map(({ logicalId, properties }) => [logicalId, properties]));
  const nameOf = (logicalId: string) =>
    functions.get(logicalId)?.Handler.replace(/\.handler$/, "") ?? logicalId.replace(/[0-9A-F]{8}$/, "");

  const names = new Map<string, string>();
  const holders = new Map<string, string>();
  for (const { logicalId, type, identity, ref } of stack.resources.values()) {
    // A `Ref` that is a URL or an ARN ends in the generated name, which is found by itself; a stage's is just a word.
    const given = type === "AWS::ApiGatewayV2::Stage" || /[:/]/.test(ref) ? [] : [ref];
    for (const name of [identity.generatedName, ...given]) names.set(name, nameOf(logicalId));
  }
  for (const { logicalId, properties } of stack.resources.values()) {
    const { Role, RoleArn, Targets = [] } = Object(properties);
    for (const roleArn of [Role, RoleArn, ...Targets.map((target: { RoleArn?: string }) => target.RoleArn)])
      if (roleArn) holders.set(roleArn, nameOf(logicalId));
  }
  const longestFirst = [...names].sort(([one], [other]) => other.length - one.length);

  return {
    /** Whose role it is. @throws Error for a role that nothing takes on */
    holderOf: (roleArn: string): string => {
      const holder = holders.get(roleArn);
      if (holder === undefined) throw new Error(`Nothing in the template takes the role ${roleArn} on.`);
      return holder;
    },
    /** The last part of an ARN, with these names in it. */
    readable: (arn: string): string =>
      longestFirst.reduce(
        (text, [name, short]) => text.replaceAll(name, short),
        arn.replace(/^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)/, ""),
      ),
  };
};
