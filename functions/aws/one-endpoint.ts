import type { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's steps hand on what only they know
type Handle = (args: any) => Promise<any>;

/**
 * Makes a client keep what its first call has found: the endpoint, the auth scheme and the signer. The SDK finds them
 * anew for each call, which is a tenth of its CPU, and they cannot change: the environment names one endpoint for all
 * calls. Credentials are still asked for at each call, and renewed.
 *
 * The steps that find them leave what they find in the context of the command's chain of middleware, so the client has
 * to be made with `cacheMiddleware`, by which every call goes through the same chain. From the second call on it is
 * entered behind them.
 */
export const oneEndpoint = (client: ApiGatewayManagementApiClient): ApiGatewayManagementApiClient => {
  const { config, middlewareStack } = client;
  const { signer } = config;
  let made: ReturnType<typeof signer> | undefined;
  config.signer = (scheme) => {
    made ??= signer(scheme);
    return made;
  };

  // A chain is put together from its end: the later step is made first.
  let behind: { readonly rest: Handle; found: boolean };
  middlewareStack.addRelativeTo(
    (next: Handle): Handle => {
      const here = { rest: next, found: false };
      behind = here;
      return (args) => {
        here.found = true;
        return next(args);
      };
    },
    { name: "endpointFound", relation: "after", toMiddleware: "endpointV2Middleware" },
  );
  middlewareStack.addRelativeTo(
    (next: Handle): Handle => {
      const here = behind;
      return (args) => (here.found ? here.rest(args) : next(args));
    },
    { name: "passBySearch", relation: "before", toMiddleware: "httpAuthSchemeMiddleware" },
  );
  return client;
};
