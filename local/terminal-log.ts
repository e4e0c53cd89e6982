import { styleText } from "node:util";
import type { Clock } from "./clock.ts";
import type { Log, LogEntry } from "./log.ts";

const COLOURS = { debug: "dim", info: "cyan", warn: "yellow", error: "red" } as const;

/** Leaves out what is at level `debug`. */
export const withoutDebug =
  (log: Log): Log =>
  (entry) =>
    void (entry.level === "debug" || log(entry));

/**
 * Writes entries for a person: one line an event, with the time, where it happened and what goes with it; a stack
 * follows on lines of its own.
 */
export const terminalLog =
  (write: (text: string) => void, clock: Clock): Log =>
  (entry) => {
    const time = new Date(clock.now()).toISOString().slice(11, 23);
    const from = styleText(COLOURS[entry.level], entry.from);
    const { stack, ...details } = entry.details ?? {};
    write(
      `${time} ${from} ${entry.message}${shown(details)}\n${typeof stack === "string" ? `${indented(stack)}\n` : ""}`,
    );
  };

/** Writes entries for a machine: one JSON object a line. */
export const jsonLog =
  (write: (text: string) => void, clock: Clock): Log =>
  (entry: LogEntry) =>
    write(`${jsonOf({ time: new Date(clock.now()).toISOString(), ...entry })}\n`);

const shown = (details: Readonly<Record<string, unknown>>) => {
  const parts = Object.entries(details)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === "string" ? oneLine(value) : jsonOf(value)}`);
  return parts.length > 0 ? styleText("dim", ` ${parts.join(" ")}`) : "";
};

/**
 * An error's name and message are not enumerable: without this it would be `{}`. JSON leaves some characters of a
 * client's text as they are that readers take for more: U+2028 and U+2029 begin a new line for many, Node's `readline`
 * among them, and U+009B a command to the terminal.
 */
const jsonOf = (value: unknown) =>
  JSON.stringify(value, (_key, each) => (each instanceof Error ? `${each.name}: ${each.message}` : each))?.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const oneLine = (text: string) => (/^[^\s"]+$/.test(text) ? text : jsonOf(text));
const indented = (text: string) => text.replaceAll(/^/gm, "    ");
