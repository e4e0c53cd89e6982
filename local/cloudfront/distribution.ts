import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { StageAddress } from "../apigateway/addresses.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { GetObject, StoredObject } from "../s3/buckets.ts";
import { createCompression, isCompressible } from "./compression.ts";
import { isKnown } from "./conditional.ts";
import { createFind } from "./find.ts";
import { localized, namesAny, webSocketOriginOf } from "./local-addresses.ts";
import type { DistributionProperties } from "./resources.ts";
import { headersOf, type ResponseHeadersPolicyProperties } from "./response-headers.ts";

interface Needs {
  readonly distribution: Resource<DistributionProperties>;
  readonly policies: readonly Resource<ResponseHeadersPolicyProperties>[];
  readonly account: string;
  readonly getObject: GetObject;
  /** Where clients connect. */
  readonly addresses: readonly StageAddress[];
}

/** What is answered, before it is known whether the client has it already. */
interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Serves a distribution as CloudFront does, without its caches; ranges are not served, and a request for one is answered
 * whole.
 * @throws Error where the distribution names what is not in the template
 */
export const createDistribution = ({ distribution, policies, account, getObject, addresses }: Needs) => {
  const { DistributionConfig: config } = distribution.properties;
  const { ResponseHeadersPolicyId: policyId, Compress } = config.DefaultCacheBehavior;
  const policy = policies.find(({ ref }) => ref === policyId);
  if (policyId !== undefined && !policy) throw new Error(`${distribution.logicalId} has no policy ${policyId}.`);
  const added = policy ? headersOf(policy.properties) : [];
  const sourceArn = `arn:aws:cloudfront::${account}:distribution/${distribution.ref}`;
  const principal = { kind: "service", name: "cloudfront.amazonaws.com", sourceArn } as const;
  const find = createFind({ config, principal, getObject });
  const compress = createCompression();

  const withPolicy = (headers: OutgoingHttpHeaders, request: IncomingMessage, origin: string): OutgoingHttpHeaders => {
    const all = { ...headers };
    for (const { name, value, override } of added) {
      // Whoever trusts our certificate would have all of this machine's other servers under HTTPS for a year. Over HTTP
      // browsers pass over it (RFC 6797, 8.1).
      if (name === "strict-transport-security" && request.socket instanceof TLSSocket) continue;
      if (override || all[name] === undefined) all[name] = localized(value, addresses, origin);
    }
    return all;
  };

  const answerWith = (object: StoredObject, status: number, request: IncomingMessage, origin: string): Answer => {
    const body = namesAny(object.body, addresses)
      ? Buffer.from(localized(object.body.toString(), addresses, origin))
      : object.body;
    const compressible = Compress && isCompressible({ ...object, body });
    const compressed = compressible && compress(body, String(request.headers["accept-encoding"] ?? ""));
    return {
      status,
      body: compressed ? compressed.body : body,
      headers: {
        "content-type": object.contentType,
        "last-modified": new Date(object.lastModified).toUTCString(),
        etag: compressed ? `W/${object.etag}` : object.etag,
        ...(object.cacheControl !== undefined && { "cache-control": object.cacheControl }),
        ...(compressible && { vary: "Accept-Encoding" }),
        ...(compressed && { "content-encoding": compressed.coding }),
      },
    };
  };

  const answer = (request: IncomingMessage): Answer => {
    const { method = "", url = "/" } = request;
    const origin = webSocketOriginOf(request);
    const path = pathOf(url);
    if (origin === undefined || path === undefined) return refusal(400, "Bad request.");
    if (method !== "GET" && method !== "HEAD")
      return refusal(403, "This distribution is not configured to allow the HTTP request method of this request.");
    const found = find(path);
    const plain = "error" in found ? originError(found.error) : answerWith(found.object, found.status, request, origin);
    return { ...plain, headers: withPolicy(plain.headers, request, origin) };
  };

  return {
    /** For example `d111111abcdef8.cloudfront.net`. */
    domainName: distribution.attribute("DomainName"),
    /** Answers every request. */
    serve(request: IncomingMessage, response: ServerResponse): void {
      const { status, headers, body } = answer(request);
      const { etag, "last-modified": lastModified } = headers;
      const validators = { etag: String(etag), lastModified: Date.parse(String(lastModified)) };
      if (status === 200 && isKnown(request.headers, validators)) {
        const { "content-type": _, "content-encoding": __, ...kept } = headers;
        return void response.writeHead(304, kept).end();
      }
      response.writeHead(status, { ...headers, "content-length": body.length });
      response.end(request.method === "HEAD" ? undefined : body);
    },
  };
};

/** The path that a URL asks for, decoded; undefined where it cannot be. */
const pathOf = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split("?")[0] ?? "/");
    return path.startsWith("/") ? path : undefined;
  } catch {
    return undefined;
  }
};

const refusal = (status: number, message: string): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: Buffer.from(`${message}\n`),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const originError = ({ name, message, status }: { name: string; message: string; status: number }): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${name}</Code><Message>${message}</Message></Error>`,
  ),
});
