import type { Draw } from "./draw.ts";

/** Bytes on an open WebSocket. */
export interface OnTheWire {
  readonly what: string;
  readonly bytes: Buffer;
  /** How many frames these are, if not one. */
  readonly frames?: number;
  /** Whether a frame is left unfinished, so that whatever comes next is taken for a part of it. */
  readonly unfinished?: boolean;
}

interface Header {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly masked?: boolean;
  /** What the header says of the payload's length, if not the truth. */
  readonly length?: bigint;
}

/** A client's frame (RFC 6455, 5.2), right unless it is told otherwise. */
const frame = (
  opcode: number,
  payload: Buffer,
  { fin = true, rsv = 0, masked = true, length = BigInt(payload.length) }: Header = {},
): Buffer => {
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  const size =
    length < 126n
      ? Buffer.from([first, mask | Number(length)])
      : length < 65_536n
        ? Buffer.from([first, mask | 126, Number(length >> 8n), Number(length & 255n)])
        : Buffer.concat([Buffer.from([first, mask | 127]), bigEndian(length)]);
  if (!masked) return Buffer.concat([size, payload]);
  const key = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([size, key, payload.map((byte, index) => byte ^ (key[index % 4] ?? 0))]);
};

const bigEndian = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const hello = Buffer.from('{"message":"ping"}');

/** What breaks RFC 6455, or is at its edges. */
export const hostileWire = (draw: Draw): OnTheWire =>
  draw.oneOf<() => OnTheWire>([
    () => ({ what: "reserved opcode", bytes: frame(draw.oneOf([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), hello) }),
    () => ({ what: "reserved bit", bytes: frame(TEXT, hello, { rsv: draw.whole(1, 7) }) }),
    () => ({ what: "no mask", bytes: frame(TEXT, hello, { masked: false }) }),
    () => ({ what: "binary", bytes: frame(BINARY, draw.bytes(draw.whole(0, 300))) }),
    () => ({ what: "over 32 KB", bytes: frame(TEXT, Buffer.alloc(draw.oneOf([32_769, 60_000, 131_073]), 97)) }),
    () => ({ what: "a length of 2^63", bytes: frame(TEXT, hello, { length: 2n ** 63n + 5n }) }),
    () => ({ what: "a length of 2^53", bytes: frame(BINARY, hello, { length: 2n ** 53n }) }),
    () => ({ what: "no UTF-8", bytes: frame(TEXT, Buffer.from([0x7b, 0xc3, 0x28, 0xed, 0xa0, 0x80])) }),
    () => ({ what: "a long ping", bytes: frame(PING, Buffer.alloc(126)) }),
    () => ({ what: "a cut ping", bytes: frame(PING, hello, { fin: false }) }),
    () => ({ what: "a flood of pings", ...repeated(draw.whole(100, 2_000), frame(PING, Buffer.alloc(125))) }),
    () => ({ what: "a flood of pongs", ...repeated(draw.whole(100, 2_000), frame(PONG, hello)) }),
    () => ({ what: "a continuation of nothing", bytes: frame(0, hello) }),
    () => ({ what: "a text within a text", ...repeated(2, frame(TEXT, hello, { fin: false })) }),
    () => ({ what: "fragments", ...fragments(draw.whole(2, 200), draw.whole(0, 100)) }),
    () => ({ what: "fragments over 128 KB", ...fragments(5, 32_000) }),
    () => ({ what: "many empty fragments", ...fragments(draw.whole(1_000, 50_000), 0) }),
    () => ({ what: "a close of one byte", bytes: frame(CLOSE, Buffer.from([3])) }),
    () => ({ what: "a close with a bad code", bytes: frame(CLOSE, Buffer.from(draw.oneOf(BAD_CODES))) }),
    () => ({
      what: "a frame after a close",
      frames: 2,
      bytes: Buffer.concat([frame(CLOSE, Buffer.from([3, 232])), frame(TEXT, hello)]),
    }),
    () => ({ what: "nonsense", bytes: draw.bytes(draw.whole(2, 300)), unfinished: true }),
    () => ({ what: "half a frame", bytes: frame(TEXT, hello, { length: 30_000n }), unfinished: true }),
    () => ({
      what: "half a header",
      bytes: frame(TEXT, Buffer.alloc(300)).subarray(0, draw.whole(1, 7)),
      unfinished: true,
    }),
    () => ({ what: "half a message", bytes: frame(TEXT, hello, { fin: false }), unfinished: true }),
  ])();

/** 1005 and 1006 are never sent, and there is nothing below 1000. */
const BAD_CODES = [
  [0, 0],
  [3, 237],
  [3, 238],
  [0xff, 0xff],
  [3, 232, 0xc3, 0x28],
] as const;

const repeated = (frames: number, bytes: Buffer) => ({
  frames,
  bytes: Buffer.concat(Array.from({ length: frames }, () => bytes)),
});

const fragments = (frames: number, size: number) => ({
  frames,
  bytes: Buffer.concat(
    Array.from({ length: frames }, (_, n) =>
      frame(n === 0 ? TEXT : 0, Buffer.alloc(size, 97), { fin: n === frames - 1 }),
    ),
  ),
});
