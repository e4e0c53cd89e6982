import { randomUUID } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { type Account, openStack } from "../verify/stack.ts";

/** What a kick is answered: that it was done, or why it was not. */
export type Answer =
  | { readonly identity: string; readonly connections: number; readonly until: number }
  | { readonly reason: string };

/**
 * Has a stack's own function kick somebody, and waits for its answer.
 * @param stackName for example `Roomcast-dev`
 * @param detail what `KickRequested` has: see `docs/events.md`
 * @throws Error with the function's own message where it failed
 */
export const kick = async (
  stackName: string,
  account: Account,
  detail: { readonly identity: string; readonly seconds: number },
): Promise<Answer> => {
  const stack = openStack(stackName, account);
  const lambda = new LambdaClient(account);
  try {
    const FunctionName = await stack.targetOf("KickRequested", "lambda");
    const Payload = JSON.stringify({ id: randomUUID(), detail });
    const { FunctionError, Payload: answered } = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
    const answer = JSON.parse(Buffer.from(answered ?? []).toString());
    if (FunctionError) throw new Error(`The function could not do it: ${answer.errorMessage}`);
    return answer;
  } finally {
    lambda.destroy();
    stack.end();
  }
};
