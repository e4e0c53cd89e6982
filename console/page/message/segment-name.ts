/**
 * A segment's name as it is read. CloudFormation makes names of the stack's, the construct's path and eight hex digits:
 * `Roomcast-dev-functionspost38BFDA37`; Powertools puts `## ` before that of the handler's subsegment.
 */
export const segmentName = (name: string): string => {
  const [, handler, made] = /^(## )?Roomcast-[a-z0-9-]+-(?:functions)?(\w+)[0-9A-F]{8}$/.exec(name) ?? [];
  if (!made) return name;
  return handler ? `${made}, its handler` : made;
};

/** What kind of segment it is, from its origin: `AWS::Lambda::Function` is a `Lambda Function`. */
export const segmentKind = (origin: string | undefined): string =>
  origin === undefined || origin === "aws" ? "" : origin.replace(/^AWS::/, "").replaceAll("::", " ");
