import type { SwitchableFaults } from "../../local/faults/faults.ts";
import { FAULTS, type FaultName, isFaultName } from "../../local/faults/names.ts";
import { readWhen, type When, whenText } from "../../local/faults/plan.ts";
import type { Fault, FaultChange } from "../contract.ts";
import { Refusal } from "./answer.ts";

/** All faults, and when each strikes. */
export const listFaults = (faults: Pick<SwitchableFaults, "when">): Fault[] =>
  (Object.keys(FAULTS) as FaultName[]).map((name) => {
    const when = faults.when(name);
    return { name, does: FAULTS[name], ...(when && { when: whenText(when) }) };
  });

/** Switches a fault. @throws Refusal for one that there is not, that cannot be switched, or a `when` that is none */
export const switchFault = (faults: SwitchableFaults, { name, when }: FaultChange): void => {
  if (!isFaultName(name)) throw new Refusal(400, `There is no fault ${name}.`);
  // It needs a copy of the tables, which follows them from the start.
  if (name === "index.lag")
    throw new Refusal(409, "index.lag is decided at the start: npm start -- --faults index.lag=500ms");
  faults.set(name, when === null ? undefined : readWhenOrRefuse(name, when));
};

const readWhenOrRefuse = (name: FaultName, when: string): When => {
  try {
    return readWhen(name, when);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
};
