import { expect, test } from "vitest";
import { checkOrigin } from "../../../functions/protocol/origin.ts";

const ours = ["https://chat.example.com", "http://localhost:5173"];

test.each([
  ["a page of a site that is named", { Origin: "https://chat.example.com" }, ours],
  ["the same, with the header in small letters", { origin: "http://localhost:5173" }, ours],
  ["what is no browser", { Host: "chat.example.com" }, ours],
  ["an upgrade without headers", null, ours],
  ["every page, where none is named", { Origin: "https://evil.example" }, undefined],
])("%s may connect", (_who, headers, allowed) => {
  expect(() => checkOrigin(headers, allowed)).not.toThrow();
});

test.each([
  ["another site", "https://evil.example"],
  ["a site whose name only begins so", "https://chat.example.com.evil.example"],
  ["a subdomain", "https://a.chat.example.com"],
  ["the same host without encryption", "http://chat.example.com"],
  ["another port", "https://chat.example.com:8443"],
  ["a page in a sandbox", "null"],
  ["two origins at once", "https://chat.example.com,https://evil.example"],
  ["an empty origin", ""],
])("%s may not", (_who, origin) => {
  expect(() => checkOrigin({ Origin: origin }, ours)).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
});
