import { type Environment, InvocationError, type LambdaFunction } from "../aws/lambda.ts";
import type { World } from "../world.ts";

/**
 * Publishes by one function that posts to everyone itself. A sender gets its ack when all are served, and none when the
 * function has been ended at its timeout, with whoever was not served by then.
 */
export const inPublisher = async (
  { gateway, lambda, tables }: World,
  publisher: LambdaFunction,
  deliver: (environment: Environment) => Promise<void>,
): Promise<void> => {
  await gateway.frame();
  try {
    await lambda.invoke(publisher, async (environment) => {
      await tables.write();
      await deliver(environment);
    });
    gateway.ack();
  } catch (error) {
    if (!(error instanceof InvocationError)) throw error;
  }
};
