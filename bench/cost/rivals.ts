import { measure, type Served } from "../model/measure.ts";
import { distributedMap } from "../model/strategies/distributed-map.ts";
import { pagedPromiseAll } from "../model/strategies/paged-promise-all.ts";
import { promiseAll } from "../model/strategies/promise-all.ts";
import { sequential } from "../model/strategies/sequential.ts";
import { dollars } from "./dollars.ts";

const RIVALS = [sequential, promiseAll, pagedPromiseAll, distributedMap];
/** Any: the price hardly depends on it. */
const SEED = 7;

/**
 * What a million deliveries cost by what others do, in rooms of that size: each runs once on the model of AWS. A
 * strategy that leaves members out has no price. The first row names the columns.
 * @param members of a room, a whole number
 * @param ours US dollars for a million deliveries by ours
 */
export const rivalsTable = async (members: number, ours: number): Promise<string[][]> => {
  const rows = [];
  for (const strategy of RIVALS)
    rows.push(rowOf(strategy.name, members, await measure(strategy, members, { seed: SEED })));
  return [["a million deliveries", "US dollars", "not served"], ["roomcast", dollars(ours), "0"], ...rows];
};

const rowOf = (name: string, members: number, { refused, costPerMillion }: Served): string[] => [
  name,
  refused > 0 ? "-" : dollars(costPerMillion),
  refused > 0 ? `${refused.toLocaleString("en-US")} of ${members.toLocaleString("en-US")}` : "0",
];
