import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** One file of the page, as it is to be served. */
export interface PageFile {
  readonly name: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly contents: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/**
 * The chat page: `index.html`, a script and a style sheet, the latter two under names that change with them, so that a
 * browser asks for each once; and `not-found.html`, for addresses where there is nothing. Whoever serves them adds
 * `config.json` (`{"endpoint":"wss://…"}`) in the same folder, and the headers of `contentSecurityPolicy`.
 */
export const buildChatPage = async (): Promise<readonly PageFile[]> => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  // Whoever does not look at the page does not load the bundler for it.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ["main.tsx"],
    outdir: "/",
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
  let html = await readFile(`${folder}/index.html`, "utf8");
  const files = outputFiles.map(({ path, contents }): PageFile => {
    const [name = "", type = ""] = /[\w-]+\.(js|css)$/.exec(path) ?? [];
    html = html.replace(`"main.${type}"`, `"${name}"`);
    return {
      name,
      contentType: String(TYPES[type]),
      cacheControl: "public, max-age=31536000, immutable",
      contents,
    };
  });
  const page = { contentType: "text/html; charset=utf-8", cacheControl: "no-cache" };
  return [
    { name: "index.html", ...page, contents: new TextEncoder().encode(html) },
    ...files,
    { name: "not-found.html", ...page, contents: await readFile(`${folder}/not-found.html`) },
  ];
};
