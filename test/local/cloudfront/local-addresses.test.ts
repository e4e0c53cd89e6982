import { expect, test } from "vitest";
import { openSite } from "./site-builder.ts";

const aws = "wss://a1b2c3.execute-api.us-east-1.amazonaws.com";
const addresses = [
  { address: "wss://chat.example.com", path: "/prod" },
  { address: aws, path: "" },
];
const deployments = [{ files: { "config.json": `{"endpoint":"${aws}/dev","other":"wss://chat.example.com"}` } }];
const policy = {
  SecurityHeadersConfig: {
    ContentSecurityPolicy: { ContentSecurityPolicy: `connect-src 'self' ${aws}`, Override: true },
  },
};

test("a page is told where to connect on the host that it came from, and its policy allows that", async () => {
  const { get, port } = await openSite({ deployments, headers: policy, addresses });
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "chat.home", "[::1]:3000"]) {
    const { body, headers } = await get("/config.json", { host });
    expect(JSON.parse(body)).toEqual({ endpoint: `ws://${host}/dev`, other: `ws://${host}/prod` });
    expect(headers["content-length"]).toBe(String(body.length));
    expect(headers["content-security-policy"]).toBe(`connect-src 'self' ws://${host}`);
  }
});

test("a page of the site comes from the distribution, and every other from where it is", async () => {
  const { site } = await openSite();
  const presented = (origin: string) => {
    const request = { headers: { host: "127.0.0.1:3000", origin }, rawHeaders: ["Origin", origin] };
    site.present(request as never);
    expect(request.rawHeaders).toEqual(["Origin", request.headers.origin]);
    return request.headers.origin;
  };
  expect(presented("http://127.0.0.1:3000")).toMatch(/^https:\/\/d[a-z0-9]{13}\.cloudfront\.net$/);
  for (const origin of ["http://127.0.0.1:8080", "http://localhost:3000", "https://chat.example.com", "null"])
    expect(presented(origin)).toBe(origin);
});
