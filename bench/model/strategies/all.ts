import { distributedMap } from "./distributed-map.ts";
import { pagedPromiseAll } from "./paged-promise-all.ts";
import { plainMap } from "./plain-map.ts";
import { promiseAll } from "./promise-all.ts";
import { roomcast } from "./roomcast.ts";
import { sequential } from "./sequential.ts";
import type { Strategy } from "./strategy.ts";

/** In the order of the table: ours, then what it is measured against. */
export const STRATEGIES: readonly Strategy[] = [
  roomcast,
  sequential,
  promiseAll,
  pagedPromiseAll,
  distributedMap,
  plainMap,
];
