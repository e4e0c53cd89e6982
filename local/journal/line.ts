import { crc32 } from "node:zlib";
import type { Json } from "../json.ts";

/** One change of a durable map: a value set at a key, or the key removed. */
export type Change<Value extends Json> = readonly [key: string, value: Value] | readonly [key: string];

const checksumOf = (text: string) => crc32(text).toString(16).padStart(8, "0");

/** A change as a line of the journal: the CRC-32 of its JSON, a space, the JSON, a line break. */
export const lineOf = (change: Change<Json>): string => {
  const json = JSON.stringify(change);
  return `${checksumOf(json)} ${json}\n`;
};

/** What a journal's bytes say. */
export interface Reading<Value extends Json> {
  readonly changes: Change<Value>[];
  /** How many bytes hold whole lines: what follows was being written when the process was killed. */
  readonly wholeBytes: number;
}

/**
 * Reads a journal. Writes only append, so a killed process leaves nothing worse than a last line without its line
 * break: nobody was told that it was accepted, and it is left out. Any other line whose checksum differs was damaged
 * by something else. @throws Error naming the first such line.
 */
export const readLines = <Value extends Json>(bytes: Buffer): Reading<Value> => {
  const wholeBytes = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.toString("utf8", 0, wholeBytes).split("\n").slice(0, -1);
  const changes = lines.map((line, index): Change<Value> => {
    const json = line.slice(9);
    if (line.slice(0, 9) !== `${checksumOf(json)} `) throw new Error(`line ${index + 1} is damaged`);
    return JSON.parse(json);
  });
  return { changes, wholeBytes };
};
