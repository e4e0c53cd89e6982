import { expect, test } from "vitest";
import { contentSecurityPolicy } from "../../../client/page/content-security-policy.ts";

test.each([
  ["wss://chat.example.com/prod", "wss://chat.example.com;"],
  ["ws://127.0.0.1:3000/dev", "ws://127.0.0.1:3000;"],
])("a page of %s may talk to it", (endpoint, allowed) => {
  expect(contentSecurityPolicy(endpoint)).toContain(`connect-src 'self' ${allowed}`);
});

test("it allows nothing inline", () => {
  expect(contentSecurityPolicy("wss://chat.example.com")).not.toMatch(/unsafe|\*/);
});
