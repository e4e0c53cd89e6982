import { expect, test } from "vitest";
import type { MessageStory } from "../../../../console/contract.ts";
import type { Answer } from "../../../../console/page/data/api.ts";
import { followStory } from "../../../../console/page/message/follow-story.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { running, story } from "../fixture/messages.ts";

const ended: Answer<MessageStory> = { value: story([]) };
const going: Answer<MessageStory> = { value: story([], { summary: running(1) }) };
const missing: Answer<MessageStory> = { refused: "There is none.", status: 404 };

const following = (...answers: Answer<MessageStory>[]) => {
  const clock = manualClock();
  const told: Answer<MessageStory>[] = [];
  const asked: string[] = [];
  const { refresh, stop } = followStory("m1", {
    after: clock.after,
    told: (answer) => void told.push(answer),
    async story(id) {
      asked.push(id);
      return answers[asked.length - 1] ?? ended;
    },
  });
  return { told, asked, refresh, stop, pass: clock.advance };
};

test("a message that is running is asked for each second, and once more when it has ended", async () => {
  const { told, asked, pass } = following(going, going, ended, ended);
  await pass(0);
  await pass(1_000);
  await pass(1_000);
  await pass(3_000);
  await pass(60_000);
  expect(told).toEqual([going, going, ended, ended]);
  expect(asked).toHaveLength(4);
});

test("a message that is not known yet is asked for until it is", async () => {
  const { told, pass } = following(missing, ended);
  await pass(0);
  await pass(2_000);
  expect(told).toEqual([missing, ended]);
});

test("news of the message are asked for at once, also when nothing more was expected", async () => {
  const { told, refresh, pass } = following(ended, ended, ended);
  await pass(0);
  await pass(3_000);
  refresh();
  await pass(0);
  expect(told).toHaveLength(3);
});

test("of two answers that are under way only the later one is told", async () => {
  const { told, refresh, pass } = following(going, ended);
  refresh();
  await pass(0);
  expect(told).toEqual([ended]);
});

test("nothing is told after the end", async () => {
  const { told, stop, pass } = following(going);
  stop();
  await pass(60_000);
  expect(told).toEqual([]);
});
