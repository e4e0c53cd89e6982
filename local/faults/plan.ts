import { FAULTS, type FaultName, isFaultName } from "./names.ts";

/** When a fault strikes: at a share of its occasions, at some of them by number (the first is 1), or for a time. */
export type When =
  | { readonly rate: number }
  | { readonly occasions: readonly number[] }
  /** Only `index.lag`, which is always on, takes a time. */
  | { readonly ms: number };

/** What goes wrong, and the seed that decides when: the same plan strikes at the same occasions. */
export interface FaultPlan {
  readonly seed: number;
  readonly faults: Readonly<Partial<Record<FaultName, When>>>;
}

/** How a plan is written, for `--help` and after a mistake. */
export const PLAN_FORM =
  "seed=1,all=5%,bus.duplicate=10%,function.crash-after=#3,index.lag=500ms: a share of the occasions, #n for the n-th " +
  "of them (#3#7 for two), a time for index.lag; all sets every fault that takes a share, but runtime.kill";

/** Reads a plan. @throws Error naming what is wrong, and what may stand there */
export const readFaultPlan = (text: string): FaultPlan => {
  let seed = 1;
  const faults: Partial<Record<FaultName, When>> = {};
  for (const part of text.split(",")) {
    const [, name = "", value = ""] = /^\s*([\w.-]+)=(\S+)\s*$/.exec(part) ?? [];
    if (name === "seed" && /^\d{1,9}$/.test(value)) seed = Number(value);
    else if (name === "all") for (const each of BY_SHARE) faults[each] = whenOf("all", each, value);
    else if (isFaultName(name)) faults[name] = whenOf(name, name, value);
    else throw wrong(part, `it is seed, all or one of ${Object.keys(FAULTS).join(", ")}`);
  }
  return { seed, faults };
};

/** Reads when one fault is to strike, for example `5%`. @throws Error naming what is wrong, and what may stand there */
export const readWhen = (name: FaultName, value: string): When => whenOf(name, name, value);

/** Writes it as a plan does. */
export const whenText = (when: When): string => {
  if ("ms" in when) return `${when.ms}ms`;
  // Of a share like 0.07 the hundredfold is not quite 7.
  return "rate" in when ? `${Number((when.rate * 100).toFixed(6))}%` : `#${when.occasions.join("#")}`;
};

const BY_SHARE = Object.keys(FAULTS)
  .filter(isFaultName)
  .filter((name) => name !== "index.lag" && name !== "runtime.kill");

const whenOf = (written: string, fault: FaultName, value: string): When => {
  if (fault === "index.lag") {
    if (/^\d{1,5}ms$/.test(value)) return { ms: Number.parseInt(value, 10) };
    throw wrong(`${written}=${value}`, "it is a time, such as 500ms");
  }
  if (/^\d{1,3}(\.\d+)?%$/.test(value) && Number.parseFloat(value) <= 100)
    return { rate: Number.parseFloat(value) / 100 };
  if (/^(#[1-9]\d*)+$/.test(value)) return { occasions: value.split("#").slice(1).map(Number) };
  throw wrong(`${written}=${value}`, "it is a share, such as 5%, or an occasion, such as #3");
};

const wrong = (part: string, what: string) =>
  new Error(`"${part.trim()}" in the faults: ${what}. For example ${PLAN_FORM}`);
