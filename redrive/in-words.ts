import type { DeadLetter } from "../console/contract.ts";
import type { Letter } from "./letter.ts";

/** A letter as the console and the command show it. */
export const shown = (letter: Letter): DeadLetter => {
  const { letterId, queue, at } = letter;
  const common = { letterId, queue, at, reason: reasonOf(letter), connections: 0 };
  switch (letter.kind) {
    case "not posted":
      return { ...common, ...messageOf(letter), connections: letter.connections.length };
    case "not served":
      return { ...common, ...messageOf(letter), range: { from: letter.from, to: letter.to } };
    case "not started":
      return { ...common, ...messageOf(letter) };
    case "not published": {
      const room = letter.event.detail?.room;
      return typeof room === "string" ? { ...common, room } : common;
    }
    case "unreadable":
      return common;
  }
};

const messageOf = ({
  message: { id, room },
}: {
  readonly message: { readonly id: string; readonly room: string };
}) => ({
  messageId: id,
  room,
});

const reasonOf = (letter: Letter): string => {
  switch (letter.kind) {
    case "not posted":
      return `The posts failed to the last try: ${countedBy(letter.connections.map(({ error }) => error))}.`;
    case "not served":
      return `A range of the room was not served in three tries: ${letter.error ?? "its execution timed out"}.`;
    case "not started":
      return `EventBridge could not start the fan-out: ${letter.error || "it does not say why"}.`;
    case "not published":
      return `Not published in ${counted(letter.attempts, "attempt")} (${letter.condition}): ${letter.error ?? "the function never ran"}.`;
    case "unreadable":
      return `It cannot be read, and was not put here by Roomcast: ${letter.problem}`;
  }
};

/** `LimitExceededException (3), PostTimeout (1)`, the most frequent first. */
const countedBy = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)]
    .sort(([, some], [, others]) => others.length - some.length)
    .map(([name, { length }]) => `${name} (${length})`)
    .join(", ");

/** `1 connection`, `2 connections`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** One letter in the terminal: what and when in a first line, why in a second. */
export const listed = ({ letterId, queue, at, messageId, room, connections, range, reason }: DeadLetter): string => {
  const what = [
    messageId && `message ${messageId}`,
    room && `room ${room}`,
    connections > 0 && counted(connections, "connection"),
    range && `slots ${range.from} to ${range.to}`,
  ];
  const when = new Date(at).toISOString().replace("T", " ").slice(0, 19);
  return `${letterId}  ${queue}  ${when} UTC\n  ${what.filter(Boolean).join(", ")}\n  ${reason}\n`;
};
