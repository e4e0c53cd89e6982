import { readFileSync } from "node:fs";
import specs from "@asyncapi/specs";
import { type Schema, Validator } from "@cfworker/json-schema";
import * as v from "valibot";
import { expect, test } from "vitest";
import { asyncApiText } from "../../docs/asyncapi/document.ts";
import { FRAMES } from "../../functions/protocol/frames.ts";
import { ROUTES } from "../../functions/protocol/routes.ts";
import { asyncApi, faultsOf } from "../support/asyncapi.ts";

const official = new Validator(specs.schemas["3.0.0"] as Schema, "7");

test("docs/asyncapi.json is what the schemas of the functions make", () => {
  const file = readFileSync(new URL("../../docs/asyncapi.json", import.meta.url), "utf8");
  expect(file, "The protocol has changed: `npm run asyncapi` writes the document anew.").toBe(asyncApiText());
});

test("the document is valid by AsyncAPI's own schema", () => {
  expect(official.validate(asyncApi).errors).toEqual([]);
});

type Document = typeof asyncApi;
test.each<[string, (document: Document) => void]>([
  ["without a version", ({ info }) => delete info.version],
  ["with an action that there is not", ({ operations }) => Object.assign(operations.receiveJoin, { action: "take" })],
  [
    "with a message in the place of a reference",
    ({ operations }) => operations.sendMessage.messages.push({ name: "x" }),
  ],
  ["with a schema that is none", ({ components }) => Object.assign(components.schemas.Head, { type: "thing" })],
])("a document %s is not valid", (_how, spoil) => {
  const document = structuredClone(asyncApi);
  spoil(document);
  expect(official.validate(document).valid).toBe(false);
});

test("every reference leads to something", () => {
  const references = [...JSON.stringify(asyncApi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  const at = (path: string) => path.split("/").reduce((found, key) => found?.[key], asyncApi);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((path) => at(path) === undefined)).toEqual([]);
});

const messages = Object.entries<{ examples: { payload: unknown }[] }>(asyncApi.components.messages);
test.each(messages)("the examples of %s are valid", (name, { examples }) => {
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.flatMap(({ payload }) => faultsOf(name, payload))).toEqual([]);
});

test("every frame of which the server knows a route is an operation", () => {
  const received = Object.values<{ action: string; messages: { $ref: string }[] }>(asyncApi.operations)
    .filter(({ action }) => action === "receive")
    .map(({ messages: [message] }) => message?.$ref);
  expect(received).toEqual(ROUTES.map((route) => `#/channels/connection/messages/${route}Request`));
});

const long = (length: number) => "x".repeat(length);
test.each<[string, keyof typeof FRAMES, Record<string, unknown>]>([
  ["without its room", "join", {}],
  ["with a room that is no text", "leave", { room: 1 }],
  ["with an empty room", "join", { room: "" }],
  ["with a room of 129 characters", "typing", { room: long(129) }],
  ["with an empty ref", "ping", { ref: "" }],
  ["with a ref of 65 characters", "publish", { data: 1, ref: long(65) }],
  ["without data", "publish", { room: "lobby" }],
  ["with a negative after", "history", { room: "lobby", after: -1 }],
  ["with an after that is no whole number", "history", { room: "lobby", after: 1.5 }],
  ["with an after that no number in JavaScript is sure to be", "history", { room: "lobby", after: 2 ** 53 }],
  ["with a limit of 0", "history", { room: "lobby", after: 0, limit: 0 }],
  ["with a limit of a million", "history", { room: "lobby", after: 0, limit: 1_000_000 }],
  ["with an after of 201 characters", "members", { room: "lobby", after: long(201) }],
])("a frame %s is refused by the document as it is by the function", (_what, route, frame) => {
  expect(v.is(FRAMES[route], frame)).toBe(false);
  expect(faultsOf(`${route}Request`, { message: route, ...frame })).not.toEqual([]);
});
