import { functionLabels, handlerFile } from "./label.ts";

/** A function as a person may call it. */
export interface Named {
  readonly name: string;
  /** For example `publish.handler`. */
  readonly handler: string;
}

/**
 * The function that a word stands for: its name, its handler's file, the last part of its name, or how one of those
 * begins, whatever the case.
 * @throws Error naming the functions there are, where the word stands for none or for several
 */
export const chooseFunction = <One extends Named>(word: string, functions: readonly One[]): One => {
  const wanted = word.toLowerCase();
  const matching = (matches: (called: string) => boolean) =>
    functions.filter((one) => callings(one).some((called) => matches(called.toLowerCase())));
  const exact = matching((called) => called === wanted);
  const found = exact.length > 0 ? exact : matching((called) => called.startsWith(wanted));
  if (found.length === 1 && found[0]) return found[0];
  const labels = functionLabels(functions);
  const list = (some: readonly One[]) =>
    some
      .map(({ name }) => labels.get(name))
      .sort()
      .join(", ");
  if (found.length > 1) throw new Error(`"${word}" may be any of ${list(found)}: say more of it.`);
  throw new Error(`There is no function "${word}"; there are ${list(functions)}.`);
};

const callings = ({ name, handler }: Named): string[] => [name, handlerFile(handler), name.split("-").at(-1) ?? name];
