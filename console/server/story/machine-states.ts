import type { StateRun } from "../../contract.ts";

/** A state of a definition, before anything has happened in it. */
export type MachineState = Pick<StateRun, "name" | "type" | "parent" | "next" | "isStart">;

/** What of the States Language tells where states lead. https://states-language.net/spec.html */
interface Flow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly ItemProcessor?: Flow;
  readonly Branches?: readonly Flow[];
}

/** The states of a definition in its order, those inside of a Map or Parallel behind it. @param definition JSON text */
export const machineStates = (definition: string): MachineState[] => statesOf(JSON.parse(definition), undefined);

const statesOf = ({ StartAt, States }: Flow, parent: string | undefined): MachineState[] =>
  Object.entries(States).flatMap(([name, state]) => {
    const { Type: type, Next, Default, Choices = [], Catch = [], ItemProcessor, Branches = [] } = state;
    const next = [Next, ...Choices.map((choice) => choice.Next), Default, ...Catch.map((caught) => caught.Next)];
    const inner = [ItemProcessor, ...Branches].filter((flow) => flow !== undefined);
    return [
      {
        name,
        type,
        ...(parent !== undefined && { parent }),
        next: [...new Set(next.filter((one) => one !== undefined))],
        isStart: name === StartAt,
      },
      ...inner.flatMap((flow) => statesOf(flow, name)),
    ];
  });
