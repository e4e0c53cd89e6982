import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";

/** What CloudFront compresses, of the types that a website has. */
const TYPES = new Set([
  "application/javascript",
  "application/json",
  "application/wasm",
  "application/xml",
  "image/svg+xml",
  "image/vnd.microsoft.icon",
  "text/css",
  "text/html",
  "text/javascript",
  "text/plain",
  "text/xml",
]);

/** In bytes. */
const SMALLEST = 1_000;
const LARGEST = 10_000_000;

const compressors = {
  br: (body: Buffer) => brotliCompressSync(body, { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body: Buffer) => gzipSync(body),
} as const;

/** Whether CloudFront would compress it for a client that takes it. */
export const isCompressible = ({
  body,
  contentType,
}: {
  readonly body: Buffer;
  readonly contentType: string;
}): boolean => TYPES.has(contentType.split(";")[0] ?? "") && body.length >= SMALLEST && body.length <= LARGEST;

/** The coding for a client: Brotli where it takes both. */
const codingFor = (acceptEncoding: string): keyof typeof compressors | undefined => {
  const taken = acceptEncoding.split(",").map((coding) => coding.trim().toLowerCase());
  return (["br", "gzip"] as const).find((coding) => taken.some((one) => one === coding || isWanted(one, coding)));
};

const isWanted = (one: string, coding: string) => one.startsWith(`${coding};`) && !/;\s*q=0(?:\.0*)?$/.test(one);

/**
 * Compresses bodies, each once in each coding, as CloudFront does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export const createCompression = () => {
  const done = new WeakMap<Buffer, Map<string, Buffer>>();
  return (body: Buffer, acceptEncoding: string): { readonly coding: string; readonly body: Buffer } | undefined => {
    const coding = codingFor(acceptEncoding);
    if (!coding) return undefined;
    const codings = done.get(body) ?? new Map<string, Buffer>();
    done.set(body, codings);
    const compressed = codings.get(coding) ?? compressors[coding](body);
    codings.set(coding, compressed);
    return { coding, body: compressed };
  };
};
