import { expect, test } from "vitest";
import { languageFor } from "../../../../client/page/words/language.ts";
import { createTimes } from "../../../../client/page/words/times.ts";
import { reasonIn, WORDS } from "../../../../client/page/words/words.ts";

test.each([
  [["ja-JP", "en-US"], "ja"],
  [["de-DE", "ja"], "ja"],
  [["de-DE"], "en"],
  [[], "en"],
] as const)("who reads %j gets %s", (preferred, language) => {
  expect(languageFor(preferred)).toBe(language);
});

test("a code that nobody foresaw is a refusal all the same, in every language", () => {
  for (const words of Object.values(WORDS)) expect(reasonIn(words, "toString")).toBe(words.reasons.other);
  expect(reasonIn(WORDS.en, "FORBIDDEN")).toBe("You are not allowed to.");
});

test("counts read as one says them", () => {
  expect(WORDS.en.unread(1)).toBe("1 unread message");
  expect(WORDS.en.unread(1_200)).toBe("1,200 unread messages");
  expect(WORDS.en.typing(["ann"])).toBe("ann is typing…");
  expect(WORDS.en.typing(["ann", "bob"])).toBe("ann and bob are typing…");
  expect(WORDS.en.typing(["ann", "bob", "carl"])).toBe("Several people are typing…");
  expect(WORDS.ja.typing(["花子", "太郎"])).toBe("花子 さんと太郎 さんが入力中…");
});

test("a day is called as people call it", () => {
  const noon = new Date(2026, 2, 1, 12).getTime();
  const day = (language: "en" | "ja", at: Date) => createTimes(language, WORDS[language]).day(at.getTime(), noon);
  expect(day("en", new Date(2026, 2, 1, 0))).toBe("Today");
  expect(day("en", new Date(2026, 1, 28, 23))).toBe("Yesterday");
  expect(day("ja", new Date(2026, 1, 28, 23))).toBe("昨日");
  expect(day("en", new Date(2026, 1, 1))).toBe("Sunday, February 1, 2026");
  expect(day("ja", new Date(2026, 1, 1))).toBe("2026年2月1日日曜日");
});
