import { deepStrictEqual, match } from "node:assert/strict";
import { request } from "node:http";

interface Place {
  /** Of the emulator. */
  readonly endpoint: string;
  /** The distribution's domain. */
  readonly host: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Node's own request: fetch takes no other host than the one it connects to. */
const send = (endpoint: string, path: string, headers: Record<string, string>, method = "GET", body = "") =>
  new Promise<Answer>((resolve, reject) => {
    request(`${endpoint}${path}`, { method, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    })
      .on("error", reject)
      .end(body);
  });

/** What a browser may expect of the distribution. */
export const createSite = ({ endpoint, host }: Place) => {
  const get = (path: string, viewer = "https") => send(endpoint, path, { host, "x-forwarded-proto": viewer });
  return {
    /** Puts files where a deployment would put them: into the bucket of the page. */
    fill: async (files: Readonly<Record<string, string>>) => {
      const { body } = await send(endpoint, "/", {});
      const [, bucket = ""] = /<Name>([^<]*chatpagebucket[^<]*)<\/Name>/.exec(body) ?? [];
      for (const [name, text] of Object.entries(files)) {
        const headers = { "content-type": "text/html", "cache-control": "no-cache" };
        deepStrictEqual((await send(endpoint, `/${bucket}/${name}`, headers, "PUT", text)).status, 200);
      }
    },
    page: async () => {
      const { status, body } = await get("/");
      deepStrictEqual([status, body], [200, "the page"]);
    },
    headers: async () => {
      const { headers } = await get("/");
      match(String(headers["content-security-policy"]), /connect-src 'self' wss:\/\/\S+; .*frame-ancestors 'none'$/);
      match(String(headers["permissions-policy"]), /camera=\(\)/);
      deepStrictEqual(
        [headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"]],
        ["nosniff", "no-referrer", "no-cache"],
      );
      match(String(headers["strict-transport-security"]), /^max-age=31536000/);
    },
    notFound: async () => {
      const { status, body } = await get("/nothing/here");
      deepStrictEqual([status, body], [404, "nothing here"]);
    },
    https: async () => {
      const { status, headers } = await get("/", "http");
      deepStrictEqual([status, headers.location], [301, `https://${host}/`]);
    },
  };
};
