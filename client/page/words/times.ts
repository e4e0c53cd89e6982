import type { Language } from "./language.ts";
import type { Words } from "./words.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Whether two moments are on the same day where the reader is. */
export const isSameDay = (one: number, other: number): boolean =>
  Math.abs(one - other) < DAY_MS && new Date(one).getDate() === new Date(other).getDate();

/** Times and days as a language writes them; made once, since a formatter is dear to make. */
export const createTimes = (language: Language, words: Pick<Words, "today" | "yesterday">) => {
  const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" });
  const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return {
    time: (at: number): string => time.format(at),
    /** To the second, for whoever wants to know. */
    moment: (at: number): string => moment.format(at),
    /** A day as people call it. */
    day: (at: number, now: number): string => {
      if (isSameDay(at, now)) return words.today;
      const yesterday = new Date(now);
      yesterday.setDate(yesterday.getDate() - 1);
      return isSameDay(at, yesterday.getTime()) ? words.yesterday : day.format(at);
    },
  };
};

export type Times = ReturnType<typeof createTimes>;
