/**
 * The Content-Security-Policy that the page passes: everything it loads comes from where it lies, it talks to its own
 * server and to the chat's, nothing of it runs that is not a file, and no text becomes HTML.
 * @param endpoint the WebSocket endpoint of its `config.json`; only its scheme and host are named
 */
export const contentSecurityPolicy = (endpoint: string): string => {
  const { protocol, host } = new URL(endpoint);
  return contentSecurityPolicyWith(`${protocol}//${host}`);
};

/** The same, for a host that is known only once it is deployed. @param webSocketOrigin scheme and host: `wss://…` */
export const contentSecurityPolicyWith = (webSocketOrigin: string): string =>
  [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"],
    ...[`connect-src 'self' ${webSocketOrigin}`, "require-trusted-types-for 'script'", "trusted-types 'none'"],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join("; ");
