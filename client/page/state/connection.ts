import type { ConnectionState } from "../../index.ts";

/**
 * How the connection stands, as a person wants to know it. `unreachable`: it has not come about for some time, be it
 * that the server does not answer or that it refuses us; browsers do not tell a page which.
 */
export type ConnectionSign = "connecting" | "open" | "reconnecting" | "offline" | "unreachable" | "closed";

/** From so many attempts in a row on, waiting may be in vain. */
const MANY_ATTEMPTS = 4;

/**
 * @param told what the client told last; undefined as long as it connects for the first time
 * @param online what the browser believes of its network
 */
export const signOf = (told: ConnectionState | undefined, online: boolean): ConnectionSign => {
  if (told?.state === "open" || told?.state === "closed") return told.state;
  if (!online) return "offline";
  if (!told) return "connecting";
  return told.attempt >= MANY_ATTEMPTS ? "unreachable" : "reconnecting";
};
