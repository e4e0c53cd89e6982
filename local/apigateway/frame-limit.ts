/**
 * Watches the bytes that a client sends for a frame over the limit. `ws` bounds messages only (`maxPayload`), and a
 * message of 128 KB is allowed where a frame of 33 KB is not; so the frame headers (RFC 6455, 5.2) are read beside
 * it, from the same chunks, before it sees them.
 * @returns a function that takes the chunks in order and says whether a frame's header declares more than `limit`
 *   bytes. It keeps only a header that is cut by the end of a chunk, and never holds payload.
 */
export const createFrameLimit = (limit: number): ((chunk: Buffer) => boolean) => {
  /** Payload bytes still to come before the next header. */
  let payload = 0;
  let header = Buffer.alloc(0);
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(payload, chunk.length - at);
      payload -= skipped;
      at += skipped;
      if (payload > 0 || at === chunk.length) return false;
      const pending = header.length
        ? Buffer.concat([header, chunk.subarray(at, at + longestHeader)])
        : chunk.subarray(at);
      const size = pending.length < 2 ? undefined : headerSize(pending);
      if (size === undefined || pending.length < size) {
        header = Buffer.from(pending);
        return false;
      }
      const length = payloadLength(pending);
      if (length > limit) return true;
      at += size - header.length;
      header = Buffer.alloc(0);
      payload = length;
    }
    return false;
  };
};

const longestHeader = 14;

const headerSize = (bytes: Buffer): number => {
  const [, second = 0] = bytes;
  const mask = second & 0x80 ? 4 : 0;
  return 2 + ({ 126: 2, 127: 8 }[second & 0x7f] ?? 0) + mask;
};

const payloadLength = (bytes: Buffer): number => {
  const short = (bytes[1] ?? 0) & 0x7f;
  if (short === 126) return bytes.readUInt16BE(2);
  if (short === 127) return bytes.readUInt32BE(2) * 2 ** 32 + bytes.readUInt32BE(6);
  return short;
};
