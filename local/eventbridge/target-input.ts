import { isJsonObject, type Json } from "../json.ts";

/** `$` and names after dots: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export const inputPathForm = /^\$(\.[\w-]+)*$/;

/**
 * What a target is sent, as JSON text: its constant `Input`, the part of the event at its `InputPath`, or the event.
 * A path that leads nowhere gives `null`, which targets then refuse in their own way.
 */
export const targetInput = (
  target: { Input?: string | undefined; InputPath?: string | undefined },
  event: string,
): string => {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath === undefined || target.InputPath === "$") return event;
  let part: Json = JSON.parse(event);
  for (const name of target.InputPath.split(".").slice(1)) {
    part = isJsonObject(part) && Object.hasOwn(part, name) ? (part[name] ?? null) : null;
  }
  return JSON.stringify(part);
};
