import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { GUARDED } from "./answer.ts";

const compress = promisify(gzip);

/** One file as it is sent. */
interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** The page loads what comes from here, and sends to here; nothing of it runs that is not a file of its own. */
const CONTENT_SECURITY_POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** A file beside the page. A room may have a dot in its name, and is further down. */
const FILE = /^\/console\/[^/]+\.\w+$/;

/**
 * The page, bundled by its first visitor and kept: the script and the styles under names that change with them, so that
 * a browser asks for each once. `index.html` names them `/console/main.js` and `/console/main.css`.
 */
export const createPage = () => {
  let bundled: Promise<Map<string, PageFile>> | undefined;

  return async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    bundled ??= bundle().catch((error) => {
      // Whoever works on the page mends it and loads it again.
      bundled = undefined;
      throw error;
    });
    const files = await bundled;
    const file = files.get(path) ?? (FILE.test(path) ? undefined : files.get("/console"));
    if (!file) {
      response.writeHead(404, { ...GUARDED, "content-type": "text/plain" }).end("There is no such file.\n");
      return;
    }
    if (request.headers["if-none-match"] === file.headers.etag) {
      response.writeHead(304, file.headers).end();
      return;
    }
    const small = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    const body = small ? file.gzipped : file.plain;
    const encoding = small && { "content-encoding": "gzip" };
    response.writeHead(200, { ...file.headers, ...encoding, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  };
};

const bundle = async (): Promise<Map<string, PageFile>> => {
  const folder = fileURLToPath(new URL("../page", import.meta.url));
  // Whoever does not look at the console does not load the bundler for it.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ["main.tsx"],
    outdir: "/console",
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
    logLevel: "silent",
  });
  const files = new Map<string, PageFile>();
  let html = await readFile(`${folder}/index.html`, "utf8");
  for (const { path, contents } of outputFiles) {
    const [, name = "", type = ""] = /(\w+)-\w+\.(js|css)$/.exec(path) ?? [];
    html = html.replace(`/console/${name}.${type}`, path);
    const headers = { "content-type": String(TYPES[type]), "cache-control": "public, max-age=31536000, immutable" };
    files.set(path, await pageFile(Buffer.from(contents), headers));
  }
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" };
  return files.set("/console", await pageFile(Buffer.from(html), headers));
};

const pageFile = async (plain: Buffer, headers: Record<string, string>): Promise<PageFile> => ({
  plain,
  gzipped: await compress(plain, { level: 9 }),
  headers: {
    ...GUARDED,
    ...headers,
    "content-security-policy": CONTENT_SECURITY_POLICY,
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    vary: "accept-encoding",
  },
});
