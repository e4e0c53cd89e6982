import type { ConnectionSign } from "../state/connection.ts";
import type { Standing } from "../state/standing.ts";
import { reasonIn, type Words } from "../words/words.ts";

/** What has to be said of the connection and the room; undefined where all is well. */
export const wordsOfState = (
  words: Words,
  sign: ConnectionSign,
  standing: Standing,
): { readonly text: string; readonly is: "trouble" | "brief" } | undefined => {
  if (standing.as === "refused") return { text: words.refused(reasonIn(words, standing.code)), is: "trouble" };
  if (sign !== "open") return { text: words.connection[sign], is: sign === "connecting" ? "brief" : "trouble" };
  if (standing.as === "joining") return { text: words.joining, is: "brief" };
  if (standing.as === "catchingUp") return { text: words.catchingUp(standing.count), is: "brief" };
  return undefined;
};
