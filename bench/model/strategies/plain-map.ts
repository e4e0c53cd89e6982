import { readFileSync } from "node:fs";
import { publishTo } from "./roomcast.ts";
import type { Strategy } from "./strategy.ts";

/** The design before this one. What a large room cannot be served within Express's 5 minutes is not served. */
export const plainMap: Strategy = {
  name: "plain Map",
  what: "as roomcast was before: one execution, pages one after the other, 40 posts at once",
  definitions: () => ({
    "room-fanout": readFileSync(new URL("plain-map.asl.json", import.meta.url), "utf8"),
  }),
  publish: async (world, room) => {
    await publishTo(world, room);
  },
};
