/** The fields of `X-Amzn-Trace-Id`, https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export interface TraceHeader {
  /** The trace: `1-` + 8 hex digits of Unix seconds + `-` + 24 hex digits. */
  readonly root: string;
  /** The segment or subsegment that called: 16 hex digits. */
  readonly parent?: string | undefined;
  /** The decision; undefined while nobody has made it (`Sampled=?`, or none). */
  readonly sampled?: boolean | undefined;
}

/** Reads the header's text; undefined where it names no trace. Other fields (`Self`, `Lineage`) are passed over. */
export const parseTraceHeader = (text = ""): TraceHeader | undefined => {
  const root = fieldOf(text, fields.root);
  if (!root || !/^1-[0-9a-f]{8}-[0-9a-f]{24}$/i.test(root)) return undefined;
  const sampled = fieldOf(text, fields.sampled);
  return { root, parent: fieldOf(text, fields.parent) || undefined, sampled: decisions.get(sampled ?? "") };
};

const fields = {
  root: /(?:^|;)\s*Root=([^;]*)/i,
  parent: /(?:^|;)\s*Parent=([^;]*)/i,
  sampled: /(?:^|;)\s*Sampled=([^;]*)/i,
};

const fieldOf = (text: string, field: RegExp) => field.exec(text)?.[1]?.trim();

const decisions = new Map([
  ["1", true],
  ["0", false],
]);

/** Writes the header's text. */
export const formatTraceHeader = ({ root, parent, sampled }: TraceHeader): string =>
  [
    `Root=${root}`,
    ...(parent ? [`Parent=${parent}`] : []),
    ...(sampled === undefined ? [] : [`Sampled=${sampled ? 1 : 0}`]),
  ].join(";");

/** A new trace's id. @param at Unix time in milliseconds @param random 24 hex digits */
export const traceId = (at: number, random: string): string =>
  `1-${Math.floor(at / 1000)
    .toString(16)
    .padStart(8, "0")}-${random}`;
