import { extname } from "node:path";

/** What Python's `mimetypes` says of names on Lambda, by which `aws s3 sync` sets an object's type: without a charset. */
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".gif": "image/gif",
  ".htm": "text/html",
  ".html": "text/html",
  ".ico": "image/vnd.microsoft.icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "text/xml",
};

/** The Content-Type of an object that was put without one: by its name, or else the one that S3 gives. */
export const contentTypeOf = (key: string): string => TYPES[extname(key).toLowerCase()] ?? "binary/octet-stream";
