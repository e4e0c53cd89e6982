import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** What nobody else may do with an answer: frame it, guess its type, load it from another site. */
export const GUARDED = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
} as const;

const API = {
  ...GUARDED,
  "content-type": "application/json",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  vary: "accept-encoding",
};

/** A request that cannot be done, with the status and the sentence that it is answered with. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with JSON, compressed where it is large: what is told of a large room shrinks to a tenth. */
export const sendJson = async (
  request: IncomingMessage,
  response: ServerResponse,
  json: unknown,
  status = 200,
): Promise<void> => {
  const text = JSON.stringify(json);
  const small = text.length < 4096 || !/\bgzip\b/.test(String(request.headers["accept-encoding"]));
  const body = small ? Buffer.from(text) : await compress(text, { level: 1 });
  response.writeHead(status, { ...API, ...(!small && { "content-encoding": "gzip" }), "content-length": body.length });
  response.end(body);
};

/** The most bytes of a request's body: the ids of some ten thousand dead letters. */
const MOST_BYTES = 1_000_000;

/** Reads a request's body. @throws Refusal for one that is too large or no JSON */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal(413, `The body is over ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, "The body is no JSON.");
  }
};
