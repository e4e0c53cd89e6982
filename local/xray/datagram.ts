import type { JsonObject } from "../json.ts";

/**
 * The document in a datagram to the daemon: a header line `{"format":"json","version":1}`, then the document.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 * @returns undefined for anything else
 */
export const documentIn = (datagram: string): JsonObject | undefined => {
  const end = datagram.indexOf("\n");
  try {
    const header = JSON.parse(datagram.slice(0, end));
    if (header?.format !== "json" || header.version !== 1) return undefined;
    const document = JSON.parse(datagram.slice(end + 1));
    return document && typeof document === "object" && !Array.isArray(document) ? document : undefined;
  } catch {
    return undefined;
  }
};
