import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameLimit } from "../../../local/apigateway/frame-limit.ts";

const limit = 300;

/** A frame as a client sends it, with the shortest length field or a longer one. */
const frame = (length: number, field: "shortest" | "16 bits" | "64 bits" = "shortest", masked = true): Buffer => {
  const mask = masked ? 0x80 : 0;
  const short = field === "shortest" && length < 126;
  const header = Buffer.alloc(short ? 2 : field === "64 bits" ? 10 : 4);
  header[0] = 0x81;
  header[1] = mask | (short ? length : field === "64 bits" ? 127 : 126);
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0, 0xff), Buffer.alloc(length, 0xff)]);
};

/** Cuts bytes at these places, given as parts of the whole. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const at = places.map((place) => Math.floor(place * bytes.length)).sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
};

const frames = fc.array(
  fc.record({
    length: fc.integer({ min: 0, max: limit }),
    field: fc.constantFrom("shortest" as const, "16 bits" as const, "64 bits" as const),
    masked: fc.boolean(),
  }),
  { maxLength: 8 },
);
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

const bytesOf = (all: readonly { length: number; field: "shortest" | "16 bits" | "64 bits"; masked: boolean }[]) =>
  Buffer.concat(all.map(({ length, field, masked }) => frame(length, field, masked)));

test("lets frames within the limit pass, wherever the stream is cut", () => {
  fc.assert(
    fc.property(frames, places, (within, cuts) => {
      const over = createFrameLimit(limit);
      expect(cut(bytesOf(within), cuts).some(over)).toBe(false);
    }),
  );
});

test("finds a frame over the limit after any others, wherever the stream is cut", () => {
  fc.assert(
    fc.property(frames, places, (within, cuts) => {
      const over = createFrameLimit(limit);
      expect(cut(Buffer.concat([bytesOf(within), frame(limit + 1)]), cuts).some(over)).toBe(true);
    }),
  );
});

test("finds it byte by byte, at the last byte of its header's length", () => {
  const over = createFrameLimit(limit);
  const verdicts = [...frame(limit + 1).subarray(0, 8)].map((byte) => over(Buffer.of(byte)));
  expect(verdicts.indexOf(true)).toBe(7);
});

test("takes a length beyond 32 bits for what it is", () => {
  const header = Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]);
  expect(createFrameLimit(limit)(header)).toBe(true);
});
