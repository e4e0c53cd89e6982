import { get as request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openSite } from "./site-builder.ts";

const long = "say it again, ".repeat(100);
const deployments = [{ files: { "app.js": long, "short.js": "run()", "photo.jpg": long } }];

/** The bytes of an answer, as they came. */
const bytesOf = (port: number, path: string, acceptEncoding: string) =>
  new Promise<Buffer>((resolve, reject) => {
    request({ port, path, headers: { "accept-encoding": acceptEncoding } }, async (response) => {
      resolve(Buffer.concat(await response.toArray()));
    }).on("error", reject);
  });

test.each([
  ["gzip, deflate, br", "br", brotliDecompressSync],
  ["gzip", "gzip", gunzipSync],
  ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
])("whoever takes %s gets %s, and its tag is a weak one", async (accepted, coding, decompress) => {
  const { port, get } = await openSite({ deployments });
  const [plain, { headers }] = [await get("/app.js"), await get("/app.js", { "accept-encoding": accepted })];
  expect(headers).toMatchObject({
    "content-encoding": coding,
    vary: "Accept-Encoding",
    etag: `W/${plain.headers.etag}`,
  });
  const bytes = await bytesOf(port, "/app.js", accepted);
  expect(headers["content-length"]).toBe(String(bytes.length));
  expect(decompress(bytes).toString()).toBe(long);
});

test.each([
  ["identity", "/app.js"],
  ["gzip, br", "/short.js"],
  ["gzip, br", "/photo.jpg"],
])("with Accept-Encoding %s, %s comes as it is", async (accepted, path) => {
  const { get } = await openSite({ deployments });
  const { headers } = await get(path, { "accept-encoding": accepted });
  expect(headers).not.toHaveProperty("content-encoding");
  expect(headers.etag).toMatch(/^"/);
});

test("a behavior that does not compress sends everything as it is", async () => {
  const { get } = await openSite({ deployments, behavior: { Compress: false } });
  const { headers } = await get("/app.js", { "accept-encoding": "gzip, br" });
  expect([headers["content-encoding"], headers.vary]).toEqual([undefined, undefined]);
});

test("what is compressed is known by either tag", async () => {
  const { get } = await openSite({ deployments });
  const etag = String((await get("/app.js")).headers.etag);
  for (const tag of [etag, `W/${etag}`])
    expect(await get("/app.js", { "accept-encoding": "br", "if-none-match": tag })).toMatchObject({ status: 304 });
});
