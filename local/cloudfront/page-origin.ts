import type { IncomingMessage } from "node:http";

/**
 * What a browser says of a page that it got here, it would say of the distribution on AWS: that is what the stack's
 * functions expect of it. Of every other page the request is left as it is.
 * @param domainName the distribution's
 */
export const presentPageOrigin = ({ headers, rawHeaders }: IncomingMessage, domainName: string): void => {
  if (URL.parse(headers.origin ?? "")?.host !== headers.host) return;
  const origin = `https://${domainName}`;
  headers.origin = origin;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.toLowerCase() === "origin") rawHeaders[i + 1] = origin;
};
