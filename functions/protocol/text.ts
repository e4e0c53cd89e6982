import * as v from "valibot";

/** A field that a backend fills in: text of so many characters. @param field its name, for who has got it wrong */
export const text = (field: string, least: number, most: number) => {
  const wrong = `\`${field}\` is text of ${least} to ${most} characters, none of them a control character.`;
  return v.pipe(
    v.string(wrong),
    v.minLength(least, wrong),
    v.maxLength(most, wrong),
    v.check((given) => given.isWellFormed() && !/\p{Cc}/u.test(given), wrong),
  );
};
