import { readFileSync } from "node:fs";
import { publishTo } from "./roomcast.ts";
import type { Strategy } from "./strategy.ts";

/** The design before this one: it posts 40 at once however large a room is. */
export const plainMap: Strategy = {
  name: "plain Map",
  what: "as roomcast was before: one execution, pages one after the other, 40 posts at once",
  largest: 10_000,
  definitions: () => ({
    "room-fanout": readFileSync(new URL("plain-map.asl.json", import.meta.url), "utf8"),
  }),
  publish: async (world, room) => {
    await publishTo(world, room);
  },
};
