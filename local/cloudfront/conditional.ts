import type { IncomingHttpHeaders } from "node:http";

/** Tags are compared weakly: what is compressed is the same (RFC 9110, 13.1.2). */
const strong = (tag: string) => tag.trim().replace(/^W\//, "");

/**
 * Whether a client has already what it asks for (RFC 9110, 13.2.2).
 * @param etag in quotes
 * @param lastModified Unix time in milliseconds
 */
export const isKnown = (
  { "if-none-match": tags, "if-modified-since": since }: IncomingHttpHeaders,
  { etag, lastModified }: { readonly etag: string; readonly lastModified: number },
): boolean => {
  if (tags !== undefined) return tags.split(",").some((tag) => tag.trim() === "*" || strong(tag) === strong(etag));
  // The header has whole seconds.
  return since !== undefined && Math.floor(lastModified / 1000) * 1000 <= Date.parse(since);
};
