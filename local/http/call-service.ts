import { AwsError } from "../aws/error.ts";
import type { Authorize, AwsService, CallService } from "../aws/service.ts";

/**
 * Makes the one way to a service: its permissions are asked for, then it is called.
 * @throws AwsError `UnknownOperationException` for a service that does not run here.
 */
export const createCallService = (needs: {
  readonly services: readonly AwsService[];
  readonly authorize: Authorize;
}): CallService => {
  const services = new Map(needs.services.map((service) => [service.signingName, service]));
  return async (name, action, input, context) => {
    const service = services.get(name);
    if (!service) {
      const known = [...services.keys()].join(", ");
      throw new AwsError("UnknownOperationException", `No service ${name} runs here; there are ${known}`, 404);
    }
    needs.authorize(context.principal, service.permissions(action, input));
    return service.call(action, input, context);
  };
};
