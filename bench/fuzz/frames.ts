import type { Draw } from "./draw.ts";
import { hostileValue } from "./json.ts";

const ROUTES = ["join", "leave", "publish", "history", "members", "typing", "ping"] as const;
const NO_ROUTES = [
  "$connect",
  "$disconnect",
  "$default",
  "__proto__",
  "constructor",
  "",
  "PUBLISH",
  "publish ",
] as const;
const FIELDS = ["room", "data", "ref", "after", "limit", "epoch", "__proto__", "from", "connectionId"] as const;

/** The rooms that attackers are in together: what one of them gets through comes to the others. */
const roomOf = (draw: Draw) => JSON.stringify(`fuzz ${draw.whole(1, 5)}`);

/** A text frame of at most 32 KB, the size that API Gateway takes. */
export const hostileFrame = (draw: Draw): string => {
  const frame = draw.oneOf([noJson, hostileFields, hostileFields, hostileFields, nearlyRight, nearlyRight])(draw);
  return Buffer.byteLength(frame) <= 32_768 ? frame : frame.slice(0, 8_192);
};

const noJson = (draw: Draw): string =>
  draw.oneOf<() => string>([
    () => draw.bytes(draw.whole(0, 200)).toString("latin1"),
    () => hostileValue(draw),
    () => object(nearly(draw)).slice(0, draw.whole(0, 40)),
    () => `${object(nearly(draw))}${draw.oneOf(["}", ",", "\u0000", "{}"])}`,
    () => "[".repeat(draw.whole(1, 32_000)),
  ])();

const hostileFields = (draw: Draw): string => {
  const fields = new Map<string, string>([["message", routeOf(draw)]]);
  for (const name of FIELDS) if (draw.chance(0.4)) fields.set(name, hostileValue(draw));
  if (draw.chance(0.5)) fields.set("room", roomOf(draw));
  return object(fields);
};

/** A frame that is right, but for one field, sometimes. */
const nearlyRight = (draw: Draw): string => {
  const fields = nearly(draw);
  if (draw.chance(0.6)) fields.set(draw.oneOf([...fields.keys()]), hostileValue(draw));
  return object(fields);
};

const nearly = (draw: Draw): Map<string, string> => {
  const message = draw.oneOf(ROUTES);
  const fields = new Map([["message", JSON.stringify(message)]]);
  if (message !== "ping") fields.set("room", roomOf(draw));
  if (message === "publish") fields.set("data", hostileValue(draw));
  if (message === "history") fields.set("after", String(draw.whole(0, 50)));
  if (draw.chance(0.5)) fields.set("ref", JSON.stringify(`r${draw.whole(1, 50)}`));
  return fields;
};

const routeOf = (draw: Draw) =>
  draw.chance(0.8)
    ? JSON.stringify(draw.oneOf(ROUTES))
    : draw.chance(0.5)
      ? JSON.stringify(draw.oneOf(NO_ROUTES))
      : hostileValue(draw);

const object = (fields: ReadonlyMap<string, string>) =>
  `{${[...fields].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
