import type { Draw } from "./draw.ts";
import { hostileValue } from "./json.ts";

/** What a backend may put on the bus (docs/events.md), and a detail that is right. */
const EVENTS = [
  ["PublishRequested", { room: '"fuzz 1"', data: '"hello"', from: '{"id":"newsroom","name":"The news"}', ref: '"r1"' }],
  ["KickRequested", { identity: '"guest-nobody"', seconds: "60", reason: '"spam"' }],
] as const;

/** The input of a PutEvents: an event that is right, but for one field or all of it. */
export const hostileEvent = (draw: Draw): string => {
  const [type, right] = draw.oneOf(EVENTS);
  const fields = new Map<string, string>(Object.entries(right));
  if (draw.chance(0.8)) fields.set(draw.oneOf([...fields.keys()]), hostileValue(draw));
  const detail = draw.chance(0.8)
    ? `{${[...fields].map(([name, value]) => `"${name}":${value}`).join(",")}}`
    : hostileValue(draw);
  const entry = { EventBusName: "Roomcast-dev-bus", Source: "roomcast", DetailType: type, Detail: detail };
  return JSON.stringify({ Entries: [entry] });
};
