/** Whether a text is one of those that a pattern describes. */
export type Matches = (text: string) => boolean;

/**
 * Compiles a pattern in which `*` stands for any characters, none included, and `?` for one. Policies are read once and
 * asked thousands of times a second, so the two common forms, no wildcard and one at the end, cost a comparison.
 */
export const wildcard = (pattern: string): Matches => {
  const body = pattern.endsWith("*") ? pattern.slice(0, -1) : undefined;
  if (body !== undefined && !/[*?]/.test(body)) return (text) => text.startsWith(body);
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  return (text) => glob(pattern, text);
};

/** Compiles patterns of which one has to match. */
export const anyWildcard = (patterns: readonly string[]): Matches => {
  const matchers = patterns.map(wildcard);
  return (text) => matchers.some((matches) => matches(text));
};

/**
 * Compiles a pattern of an ARN, whose six parts are compared each by itself, so that a `*` ends at the next colon;
 * the last part may hold colons of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const arnWildcard = (pattern: string): Matches => {
  const parts = partsOfArn(pattern).map(wildcard);
  return (text) => {
    const given = partsOfArn(text);
    return given.length === parts.length && parts.every((matches, i) => matches(given[i] ?? ""));
  };
};

const partsOfArn = (arn: string): string[] => {
  const parts = arn.split(":");
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(":")] : parts;
};

/** Goes back to the last `*` only, so the time is at most the product of both lengths, whatever the pattern. */
const glob = (pattern: string, text: string): boolean => {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
};
