import type { FlowDefinition } from "./compiler.ts";

/** Collects where the states of one flow lead, to find targets that do not exist and states that nothing leads to. */
export const createTargets = (
  { StartAt, States }: FlowDefinition,
  report: (field: string, message: string) => void,
) => {
  const targets: { from: string; field: string; to: string }[] = [];
  return {
    /** Notes that the state `from` leads to the state `to`. */
    add: (from: string, field: string, to: string) => void targets.push({ from, field, to }),
    /** @param complete whether every state's targets are known: one whose fields are wrong has noted none. */
    check(complete: boolean) {
      const names = Object.keys(States);
      if (!Object.hasOwn(States, StartAt))
        return report("StartAt", `there is no state '${StartAt}' here: ${names.join(", ")}`);
      for (const { field, to } of targets) {
        if (!Object.hasOwn(States, to)) report(field, `there is no state '${to}' here: ${names.join(", ")}`);
      }
      if (!complete) return;
      const reached = new Set([StartAt]);
      for (const name of reached) for (const { from, to } of targets) if (from === name) reached.add(to);
      for (const name of names) if (!reached.has(name)) report(`States.${name}`, "no other state leads here");
    },
  };
};
