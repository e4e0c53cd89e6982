import type { Draw } from "./draw.ts";

const STRINGS = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\udfff\ud800",
  "a\ud83dz",
  "\ufeff",
  "\u202egnirts",
  "e\u0301",
  "\u1e9b\u0323",
  "👩‍👩‍👧‍👦",
  "\u2028\u2029",
  "'\"\\/<script>alert(1)</script>",
  "$states.input",
  "{% $error() %}",
  `\${jndi:ldap://127.0.0.1/a}`,
  "../../etc/passwd",
  "a\r\nX-Injected: b",
  "__proto__",
  "x".repeat(128),
  "x".repeat(129),
  "ß".repeat(64),
  "x".repeat(5_000),
  "💥".repeat(3_000),
] as const;

/** Some are no JSON: what follows them in a frame is not either. */
const NUMBERS = [
  "-0",
  "1e400",
  "-1e400",
  "1e-400",
  "9007199254740993",
  "1.7976931348623157e308",
  "123456789".repeat(100),
  "0.1e-1000000",
  "-1",
  "1.5",
  "NaN",
  "Infinity",
  "0x10",
  "+1",
  "01",
  ".5",
] as const;

const OBJECTS = [
  `{"__proto__":{"polluted":true}}`,
  `{"constructor":{"prototype":{"polluted":true}}}`,
  `{"toString":1,"valueOf":null,"hasOwnProperty":[]}`,
  `{"toJSON":{"a":1}}`,
  `{"a":1,"a":2}`,
  `{"":{"":{"":0}}}`,
  `{"S":"text","N":"1","M":{}}`,
  `{"message":"publish","room":"lobby"}`,
] as const;

/** One JSON value as text: what a parser, a database or an interpreter may stumble over. */
export const hostileValue = (draw: Draw): string =>
  draw.oneOf<() => string>([
    () => JSON.stringify(draw.oneOf(STRINGS)),
    () => JSON.stringify(draw.oneOf(STRINGS)),
    () => draw.oneOf(NUMBERS),
    () => draw.oneOf(OBJECTS),
    () => draw.oneOf(["true", "false", "null", "[]", "{}", "[null]", "[[[]]]"]),
    () => nested(draw),
    () => `[${Array.from({ length: draw.whole(1, 2_000) }, () => draw.whole(-9, 9)).join(",")}]`,
    () =>
      `{${Array.from({ length: draw.whole(1, 500) }, (_, n) => `${JSON.stringify(draw.oneOf(STRINGS).slice(0, 9) + n)}:${n}`).join(",")}}`,
  ])();

/** The deepest still fits a frame. */
const nested = (draw: Draw): string => {
  const depth = draw.oneOf([5, 31, 32, 33, 100, 1_000, 3_000, 14_000]);
  const [open, close] = draw.oneOf([
    ["[", "]"],
    ['{"":', "}"],
    ['[{"a":', "}]"],
  ] as const);
  const levels = Math.min(depth, Math.floor(28_000 / (open.length + close.length)));
  return `${open.repeat(levels)}0${close.repeat(levels)}`;
};
