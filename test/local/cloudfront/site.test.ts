import { expect, test } from "vitest";
import { DEPLOYED_AT, mayList, mayRead, openSite } from "./site-builder.ts";

const home = { files: { "index.html": "<p>home", "about/us.html": "<p>us", "app.js": "run()", LICENSE: "MIT" } };

test("the root is the default root object, and all else is an object by its key", async () => {
  const { get, refusals } = await openSite({ deployments: [home] });
  expect(await get("/")).toMatchObject({ status: 200, body: "<p>home" });
  expect(await get("/index.html?v=1")).toMatchObject({ status: 200, body: "<p>home" });
  expect(await get("/about/us.html")).toMatchObject({ status: 200, body: "<p>us" });
  expect(await get("/about%2Fus.html")).toMatchObject({ status: 200, body: "<p>us" });
  expect(refusals).toEqual([]);
});

test.each([
  ["/", "text/html"],
  ["/app.js", "text/javascript"],
  ["/LICENSE", "binary/octet-stream"],
])("%s has the type that a deployment gives it, %s", async (path, type) => {
  const { get } = await openSite({ deployments: [home] });
  expect((await get(path)).headers["content-type"]).toBe(type);
});

test("a HEAD is answered as a GET, without the body", async () => {
  const { get } = await openSite({ deployments: [home] });
  const [whole, head] = [await get("/"), await get("/", {}, "HEAD")];
  expect(head).toMatchObject({ status: 200, body: "", headers: { "content-length": "7" } });
  expect({ ...head.headers, date: 0 }).toEqual({ ...whole.headers, date: 0 });
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])(
  "%s is none of the methods that a distribution takes",
  async (method) => {
    const { get } = await openSite({ deployments: [home] });
    expect(await get("/", {}, method)).toMatchObject({
      status: 403,
      body: expect.stringContaining("HTTP request method"),
    });
  },
);

test.each(["/../index.html", "/about/../index.html", "/..%2f..%2fetc/passwd", "//index.html", "/about", "/about/"])(
  "%s is a key like any other, and there is none of that name",
  async (path) => {
    const { get } = await openSite({ deployments: [home], policy: [mayRead, mayList] });
    expect(await get(path)).toMatchObject({ status: 404, body: expect.stringContaining("<Code>NoSuchKey</Code>") });
  },
);

test.each([
  ["a path that cannot be decoded", "/%ff", {}],
  ["a host that is none", "/", { host: "a b" }],
])("%s is a bad request", async (_what, path, headers) => {
  const { get } = await openSite({ deployments: [home] });
  expect(await get(path, headers)).toMatchObject({ status: 400 });
});

test("whoever may not list a bucket is not told that an object is not there", async () => {
  const { get } = await openSite({ deployments: [home] });
  expect(await get("/nothing")).toMatchObject({
    status: 403,
    headers: { "content-type": "application/xml" },
    body: expect.stringContaining("<Code>AccessDenied</Code>"),
  });
});

test("what the distribution may not read it does not serve, and IAM says so", async () => {
  const { get, refusals } = await openSite({ deployments: [home], policy: [mayList] });
  expect(await get("/")).toMatchObject({ status: 403 });
  expect(refusals).toEqual([
    expect.stringMatching(/cloudfront.amazonaws.com is not authorized to perform: s3:GetObject/),
  ]);
});

test("an error has the page and the status that the distribution gives it", async () => {
  const CustomErrorResponses = [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: "/about/us.html" }];
  const { get } = await openSite({ deployments: [home], config: { CustomErrorResponses } });
  expect(await get("/nothing")).toMatchObject({ status: 404, body: "<p>us", headers: { "content-type": "text/html" } });
  expect(await get("/nothing", { "if-none-match": "*" })).toMatchObject({ status: 404 });
});

test("an error stays as it is where its page is not there, or it has none", async () => {
  const CustomErrorResponses = [
    { ErrorCode: 403, ResponseCode: 404, ResponsePagePath: "/gone.html" },
    { ErrorCode: 404 },
  ];
  const { get } = await openSite({ deployments: [home], config: { CustomErrorResponses } });
  expect(await get("/nothing")).toMatchObject({ status: 403, body: expect.stringContaining("AccessDenied") });
});

test("an object says when it was put, and by its tag and by that date it is not sent twice", async () => {
  const { get } = await openSite({ deployments: [home] });
  const { headers } = await get("/");
  expect(headers["last-modified"]).toBe(new Date(DEPLOYED_AT).toUTCString());
  const [etag, date] = [String(headers.etag), String(headers["last-modified"])];
  expect(await get("/", { "if-none-match": etag })).toMatchObject({ status: 304, body: "", headers: { etag } });
  expect(await get("/", { "if-none-match": `"other", W/${etag}` })).toMatchObject({ status: 304 });
  expect(await get("/", { "if-none-match": '"other"', "if-modified-since": date })).toMatchObject({ status: 200 });
  expect(await get("/", { "if-modified-since": date })).toMatchObject({ status: 304 });
  expect(await get("/", { "if-modified-since": new Date(DEPLOYED_AT - 1000).toUTCString() })).toMatchObject({
    status: 200,
  });
});
