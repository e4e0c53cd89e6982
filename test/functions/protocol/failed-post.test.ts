import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fateOf, GRACE_MS } from "../../../functions/protocol/failed-post.ts";
import { definitionOf } from "../../../infra/definition.ts";

const OLD = { age: GRACE_MS };

test.each([
  ["a connection that is gone", { name: "GoneException", status: 410, ...OLD }, "gone"],
  ["410 by another name", { name: "Error", status: 410, ...OLD }, "gone"],
  [
    "410 for one that may not exist yet",
    { name: "GoneException", status: 410, age: GRACE_MS - 1 },
    "ConnectionTooYoung",
  ],
  ["a throttled post", { name: "LimitExceededException", status: 429, ...OLD }, "LimitExceededException"],
  ["a client that hangs", { name: "TimeoutError", ...OLD }, "PostTimeout"],
  ["a service that fails", { name: "InternalServerError", status: 500, ...OLD }, "PostUnavailable"],
  ["a gateway that fails", { name: "BadGateway", status: 504, ...OLD }, "PostUnavailable"],
  ["a network that fails", { name: "Error", ...OLD }, "PostUnavailable"],
  ["a malformed id", { name: "BadRequestException", status: 400, ...OLD }, "PostRefused"],
  ["a missing permission", { name: "ForbiddenException", status: 403, ...OLD }, "PostRefused"],
  ["a frame that is too large", { name: "PayloadTooLargeException", status: 413, ...OLD }, "PostRefused"],
  ["a malformed id of a young connection", { name: "BadRequestException", status: 400, age: 0 }, "PostRefused"],
])("%s", (_, failed, fate) => {
  expect(fateOf(failed)).toBe(fate);
});

test("the state machines know by name the one error that is not tried again", () => {
  for (const machine of ["room-fanout", "room-segment"] as const)
    expect(definitionOf(machine)).toContain("error != 'PostRefused'");
});

test("the table in docs/architecture.md has every fate", () => {
  const page = readFileSync(new URL("../../../docs/architecture.md", import.meta.url), "utf8");
  const fates = [
    "gone",
    "ConnectionTooYoung",
    "LimitExceededException",
    "PostTimeout",
    "PostUnavailable",
    "PostRefused",
  ];
  for (const fate of fates) expect(page).toContain(`| \`${fate}\` |`);
});
