import { hash } from "node:crypto";
import type { RawRequest, Signing } from "./signed-request.ts";

/**
 * What both sides hash of a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * The body's own hash always goes in, whatever `X-Amz-Content-Sha256` says: to leave the body unsigned is S3's
 * privilege.
 */
export const canonicalRequest = (request: RawRequest, { signedHeaders }: Pick<Signing, "signedHeaders">): string => {
  const question = request.url.indexOf("?");
  const path = question < 0 ? request.url : request.url.slice(0, question);
  const query = question < 0 ? "" : canonicalQuery(request.url.slice(question + 1));
  let headers = "";
  for (const name of signedHeaders) headers += `${name}:${headerValue(request.headers.get(name) ?? "")}\n`;
  const body = hash("sha256", request.body, "hex");
  return `${request.method}\n${canonicalPath(path)}\n${query}\n${headers}\n${signedHeaders.join(";")}\n${body}`;
};

const headerValue = (value: string) => (value.includes("  ") ? value.trim().replace(/ +/g, " ") : value.trim());

/**
 * The path as it came, encoded once more: a service other than S3 signs the path encoded twice, so that the
 * `%40connections` of the wire becomes `%2540connections`, and `@connections` `%40connections`.
 */
const canonicalPath = (path: string): string => {
  const normal = /\/\.{0,2}(?:\/|$)/.test(path) ? withoutDots(path) : path;
  return /[^\w\-.~/]/.test(normal) ? normal.replace(/[^\w\-.~/]/gu, encodeStrictly) : normal;
};

const withoutDots = (path: string): string => {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}${kept.length > 0 && path.endsWith("/") ? "/" : ""}`;
};

/** Sorted by name, then value, each encoded as RFC 3986 has it; the signature itself is left out. */
const canonicalQuery = (query: string): string =>
  query
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("X-Amz-Signature="))
    .map((part) => {
      const equals = part.indexOf("=");
      const [name, value] = equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
      return [encodeQuery(name), encodeQuery(value)] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const encodeQuery = (text: string): string => {
  try {
    return encodeURIComponent(decodeURIComponent(text)).replace(/[!'()*]/g, encodeStrictly);
  } catch {
    // Wrongly encoded: no client signs that, so any form gives a signature that does not match.
    return text;
  }
};

const encodeStrictly = (character: string): string =>
  /[!'()*]/.test(character)
    ? `%${character.charCodeAt(0).toString(16).toUpperCase()}`
    : encodeURIComponent(character.toWellFormed());
