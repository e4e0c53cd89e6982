import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Answered } from "../../local/iam/iam.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { declaredPermissions } from "./declared.ts";
import { unused, wildcards } from "./reasons.ts";
import { ALL_IS_WELL, forScenario, playScenario } from "./scenario.ts";
import type { Seen } from "./steps.ts";

const declared = declaredPermissions(inject("assembly"));
const answers: Answered[] = [];
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let seen: Seen;
beforeAll(async () => {
  roomcast = await startRoomcast({ ...forScenario, onIamAnswer: (answered) => answers.push(answered) });
  seen = await playScenario(roomcast, 10_000);
}, 180_000);
afterAll(() => roomcast.stop());

const isUsed = (permission: (typeof declared)[number]) => answers.some((answered) => permission.isUsedBy(answered));
const named = ({ holder, action, resource }: (typeof declared)[number]) => `${holder} ${action} ${resource}`;

test("everything that Roomcast does works with the template's permissions", () => {
  expect(seen).toEqual(ALL_IS_WELL);
});

test("no permission is missing: IAM refuses nothing", () => {
  expect(answers.filter(({ decision }) => decision !== "allowed")).toEqual([]);
});

test("no permission is unused, but for those that AWS uses itself, each with its reason", () => {
  const expected = declared.filter(({ action }) => Object.hasOwn(unused, action));
  expect(declared.filter((each) => !isUsed(each)).map(named)).toEqual(expected.map(named));
});

test("every wildcard in a resource has a reason", () => {
  const expected = declared.filter(({ action }) => Object.hasOwn(wildcards, action));
  expect(declared.filter(({ resource }) => resource.includes("*")).map(named)).toEqual(expected.map(named));
});

test("no reason is kept for a permission that the template does not give", () => {
  const actions = new Set(declared.map(({ action }) => action));
  expect(Object.keys({ ...unused, ...wildcards }).filter((action) => !actions.has(action))).toEqual([]);
});
