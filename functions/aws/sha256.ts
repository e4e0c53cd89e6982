import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

type Data = string | ArrayBuffer | ArrayBufferView;

/** A signature takes two keys, one of them by service and day; those it is derived from come once a day. */
const KEYS_KEPT = 16;
const keys = new Map<Data, KeyObject>();

/**
 * SHA-256, or HMAC with a secret, for an SDK client's option `sha256`. A signature takes four of them, and the SDK's own
 * makes a key object of the same secret for each: keeping those, and hashing in one call, halves what it costs.
 */
export class Sha256 {
  readonly #secret: Data | undefined;
  readonly #chunks: Uint8Array[] = [];

  constructor(secret?: Data) {
    this.#secret = secret;
  }

  update(chunk: Data): void {
    this.#chunks.push(bytesOf(chunk));
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...more] = this.#chunks;
    const data = first && more.length === 0 ? first : Buffer.concat(this.#chunks);
    if (this.#secret === undefined) return hash("sha256", data, "buffer");
    return createHmac("sha256", keyOf(this.#secret)).update(data).digest();
  }
}

const keyOf = (secret: Data): KeyObject => {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(bytesOf(secret));
  if (keys.size >= KEYS_KEPT) keys.clear();
  keys.set(secret, key);
  return key;
};

const bytesOf = (data: Data): Uint8Array => {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
