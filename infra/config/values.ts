import * as v from "valibot";

/*
 * What a value of the configuration may be. On a command line every value is text, so text is read as what it stands
 * for; in `cdk.json` it may be a number or an array.
 */

export const wholeNumber = (least: number, most: number) => {
  const message = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/, message), v.transform(Number))], message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
};

export const percent = () => {
  const message = "a number from 0 to 100";
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/, message), v.transform(Number))], message),
    v.minValue(0, message),
    v.maxValue(100, message),
  );
};

export const yesOrNo = () =>
  v.pipe(
    v.unknown(),
    v.transform(String),
    v.picklist(["true", "false"]),
    v.transform((given) => given === "true"),
  );

export const text = (pattern: RegExp, message: string) => v.pipe(v.string(message), v.regex(pattern, message));

/** Characters: the environment of a function, which is told of a list, holds 4 KB in all. */
const MOST_OF_A_LIST = 800;

/** One or more texts: an array of them, or one text with commas between. */
export const list = (isItem: (item: string) => boolean, what: string) => {
  const message = `${what}, with commas between, at most 800 characters`;
  return v.pipe(
    v.union(
      [
        v.pipe(
          v.string(),
          v.transform((items) => items.split(",").map((item) => item.trim())),
        ),
        v.array(v.string(message)),
      ],
      message,
    ),
    v.minLength(1, message),
    v.check(
      (items) => items.every((item) => isItem(item) && !item.includes(",")) && items.join(",").length <= MOST_OF_A_LIST,
      message,
    ),
    v.readonly(),
  );
};
