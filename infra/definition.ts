import { readFileSync } from "node:fs";

/** The state machines of `statemachines/`, and the file of states that some of them share. */
const SHARED = { "room-fanout": "posting", "room-segment": "posting", "room-presence": undefined } as const;

export type MachineName = keyof typeof SHARED;

/** The definition of a state machine, whole, in the States Language. `${…}` in it is for CloudFormation to substitute. */
export const definitionOf = (name: MachineName): string => {
  const definition = read(`${name}.asl.json`);
  const shared = SHARED[name];
  const states = shared === undefined ? {} : read(`${shared}.json`).States;
  return JSON.stringify({ ...definition, States: { ...definition.States, ...states } });
};

const read = (file: string) => JSON.parse(readFileSync(new URL(`../statemachines/${file}`, import.meta.url), "utf8"));
