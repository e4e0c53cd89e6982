import { AwsError } from "../aws/error.ts";

/** An HTTP request as it came, its body read. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  /** By lower-case name; a header that came twice has its values joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What a request says of its signature. */
export interface Signing {
  readonly accessKeyId: string;
  /** `20260101`, `us-east-1`, `dynamodb` of the credential scope. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** `20260101T000000Z` */
  readonly time: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
  /** Seconds that a presigned URL may be used; undefined for a signature in the header. */
  readonly expires: number | undefined;
}

const algorithm = "AWS4-HMAC-SHA256";

/** Whether a request says that it is signed. */
export const isSigned = ({ url, headers }: Pick<RawRequest, "url" | "headers">): boolean =>
  headers.get("authorization")?.startsWith(algorithm) === true || url.includes("X-Amz-Signature=");

/**
 * Reads the signature from the `Authorization` header or from the query of a presigned URL.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 * @throws AwsError `MissingAuthenticationTokenException` or `IncompleteSignatureException`
 */
export const readSigning = ({ url, headers }: Pick<RawRequest, "url" | "headers">): Signing => {
  const authorization = headers.get("authorization");
  if (authorization?.startsWith(algorithm)) return readHeader(authorization, headers);
  if (url.includes("X-Amz-Signature=")) return readQuery(new URLSearchParams(url.slice(url.indexOf("?") + 1)));
  throw new AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token", 403);
};

const incomplete = (message: string) => new AwsError("IncompleteSignatureException", message, 403);

const readHeader = (authorization: string, headers: ReadonlyMap<string, string>): Signing => {
  const fields = new Map<string, string>();
  for (const field of authorization.slice(algorithm.length).split(",")) {
    const equals = field.indexOf("=");
    fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const required = (name: string) => {
    const value = fields.get(name);
    if (!value) throw incomplete(`Authorization header requires '${name}' parameter. Authorization=${algorithm}`);
    return value;
  };
  const time = headers.get("x-amz-date");
  if (!time) throw incomplete("Authorization header requires existence of an 'X-Amz-Date' header.");
  return {
    ...readScope(required("Credential")),
    time,
    signedHeaders: required("SignedHeaders").split(";"),
    signature: required("Signature"),
    sessionToken: headers.get("x-amz-security-token"),
    expires: undefined,
  };
};

const readQuery = (query: URLSearchParams): Signing => {
  const required = (name: string) => {
    const value = query.get(`X-Amz-${name}`);
    if (!value) throw incomplete(`AWS query-string parameters must include 'X-Amz-${name}'.`);
    return value;
  };
  if (required("Algorithm") !== algorithm) throw incomplete(`The algorithm has to be ${algorithm}.`);
  const expires = Number(required("Expires"));
  // A week is the longest that AWS takes.
  if (!(expires >= 0 && expires <= 604_800)) throw incomplete("X-Amz-Expires must be between 0 and 604800 seconds.");
  return {
    ...readScope(required("Credential")),
    time: required("Date"),
    signedHeaders: required("SignedHeaders").split(";"),
    signature: required("Signature"),
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
    expires,
  };
};

const readScope = (credential: string) => {
  const [accessKeyId, day, region, service, terminator, more] = credential.split("/");
  if (!accessKeyId || !day || !region || !service || terminator !== "aws4_request" || more !== undefined)
    throw incomplete("Credential must have the form {access key id}/{date}/{region}/{service}/aws4_request.");
  return { accessKeyId, day, region, service };
};
