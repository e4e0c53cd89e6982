/** The process that makes a load: `node load.ts <which> '<what, as JSON>'` prints what it saw as one JSON line. */
import { abuse } from "./abuse/abusers.ts";
import { chaosLoad } from "./chaos/load.ts";
import { attack } from "./fuzz/attack.ts";
import { publishInTurn } from "./in-turn.ts";
import { publishOneByOne } from "./one-by-one.ts";
import { loadRoom } from "./room-load.ts";
import { plainPosts } from "./rooms/plain-posts.ts";

const LOADS = {
  "a room": loadRoom,
  "one by one": publishOneByOne,
  "in turn": publishInTurn,
  chaos: chaosLoad,
  "an attack": attack,
  abuse,
  "plain posts": plainPosts,
} as const;

const [which, what] = process.argv.slice(2) as [keyof typeof LOADS, string];
process.stdout.write(`${JSON.stringify(await LOADS[which](JSON.parse(what)))}\n`);
