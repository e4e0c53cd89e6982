import { expect, test } from "vitest";
import type { RedriveRequest, RedriveResult } from "../../../../console/contract.ts";
import type { Answer } from "../../../../console/page/data/api.ts";
import { askFirst, type Redrive, sendAgain } from "../../../../console/page/dead-letters/redrive.ts";

const results: RedriveResult[] = [{ letterId: "one", outcome: "Would post to 3 connections.", done: false }];

const desk = (answer: Answer<RedriveResult[]>) => {
  const asked: RedriveRequest[] = [];
  const steps: Redrive[] = [];
  const api = {
    async redrive(request: RedriveRequest) {
      asked.push(request);
      return answer;
    },
  };
  return { api, asked, steps, changed: (step: Redrive) => void steps.push(step) };
};

test("what would be done is asked for with a dry run", async () => {
  const { api, asked, steps, changed } = desk({ value: results });
  await askFirst(api, ["one"], changed);
  expect(asked).toEqual([{ letterIds: ["one"], dryRun: true }]);
  expect(steps).toEqual([
    { step: "asking", letterIds: ["one"] },
    { step: "shown", letterIds: ["one"], results },
  ]);
});

test("what is done then is about the same letters", async () => {
  const { api, asked, steps, changed } = desk({ value: results });
  await sendAgain(api, ["one"], changed);
  expect(asked).toEqual([{ letterIds: ["one"], dryRun: false }]);
  expect(steps.at(-1)).toEqual({ step: "done", results });
});

test("a refusal is told in its own words", async () => {
  const { api, steps, changed } = desk({ refused: "The queue is not there.", status: 409 });
  await askFirst(api, ["one"], changed);
  expect(steps.at(-1)).toEqual({ step: "refused", reason: "The queue is not there." });
});
