/** A part of an `Fn::Sub` text: literal, or a `${name}` to be filled in. */
export type SubPart = { readonly literal: string } | { readonly name: string };

/**
 * Splits the text of an `Fn::Sub`. `${!name}` is the literal `${name}`; a `$` that opens nothing stays as it is.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const parseSub = (text: string): SubPart[] => {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    const [whole, escaped, name = ""] = match;
    if (match.index > end) parts.push({ literal: text.slice(end, match.index) });
    parts.push(escaped ? { literal: `\${${name}}` } : { name: name.trim() });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ literal: text.slice(end) });
  return parts;
};
