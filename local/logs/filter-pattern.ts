import { compileJsonFilter } from "./json-filter.ts";
import { refusedPattern, unescaped } from "./pattern-text.ts";

/** Whether a message is one that a pattern asks for. */
export type MatchesMessage = (message: string) => boolean;

/**
 * Compiles a filter pattern: nothing (every message), terms or a JSON filter. Terms that all have to be in the
 * message, `-terms` that must not, or `?terms` of which one has to be; a term of several words stands in quotes.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError `InvalidParameterException` for what is not understood: patterns in brackets, regular expressions
 */
export const compileFilterPattern = (pattern: string): MatchesMessage => {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (text.startsWith("{")) return compileJsonFilter(text);
  if (text.startsWith("[")) throw refusedPattern(text, "patterns in brackets are not supported here");
  return compileTerms(text);
};

const term = /\s*(?<sign>[-?]?)(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<word>[^\s"]+))(?=\s|$)/y;

const compileTerms = (text: string): MatchesMessage => {
  const required: string[] = [];
  const excluded: string[] = [];
  const alternatives: string[] = [];
  term.lastIndex = 0;
  while (term.lastIndex < text.length) {
    const at = term.lastIndex;
    const { sign, quoted, word } = term.exec(text)?.groups ?? {};
    const wanted = quoted === undefined ? word : unescaped(quoted);
    if (!wanted) throw refusedPattern(text, `"${text.slice(at)}" is not a term`);
    if (word?.startsWith("%")) throw refusedPattern(text, "regular expressions are not supported here");
    (sign === "-" ? excluded : sign === "?" ? alternatives : required).push(wanted);
  }
  if (alternatives.length > 0 && required.length + excluded.length > 0)
    throw refusedPattern(text, "terms with ? cannot be combined with others");
  return (message) =>
    required.every((one) => message.includes(one)) &&
    !excluded.some((one) => message.includes(one)) &&
    (alternatives.length === 0 || alternatives.some((one) => message.includes(one)));
};
