import { expect, test } from "vitest";
import { createApi } from "../../../../console/page/data/api.ts";

const answering = (status: number, body: unknown) => {
  const asked: unknown[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    asked.push([init?.method, url, init?.body]);
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
  };
  return { asked, api: createApi(fetch) };
};

test("rooms and ids are escaped in what is asked for", async () => {
  const { api, asked } = answering(200, []);
  await api.messages(20, "you & me");
  await api.story("a/b");
  await api.redrive({ letterIds: ["one"], dryRun: true });
  expect(asked).toEqual([
    ["GET", "/console/api/messages?limit=20&room=you+%26+me", undefined],
    ["GET", "/console/api/messages/a%2Fb", undefined],
    ["POST", "/console/api/dead-letters/redrive", `{"letterIds":["one"],"dryRun":true}`],
  ]);
});

test("a refusal is the runtime's own sentence", async () => {
  const { api } = answering(400, { message: "5 is no share." });
  expect(await api.setFault({ name: "bus.delay", when: "5" })).toEqual({ refused: "5 is no share.", status: 400 });
});

test("a refusal without a sentence has its status", async () => {
  const { api } = answering(500, []);
  expect(await api.deadLetters()).toEqual({ refused: "The runtime answered 500.", status: 500 });
});

test("a runtime that is not there is asked about", async () => {
  const api = createApi(async () => {
    throw new TypeError("Failed to fetch");
  });
  expect(await api.deadLetters()).toMatchObject({ refused: expect.stringContaining("does not answer"), status: 0 });
});
