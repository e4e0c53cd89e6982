/** What the address asks for. */
export type Route =
  | { readonly page: "live" | "dead-letters" | "faults" | "nowhere" }
  | { readonly page: "message"; readonly id: string }
  | { readonly page: "room"; readonly room: string };

export const PATHS = { live: "/console", deadLetters: "/console/dead-letters", faults: "/console/faults" } as const;

export const messagePath = (id: string): string => `/console/messages/${encodeURIComponent(id)}`;

/** A dot is escaped too: a path with one is taken for a file's. */
export const roomPath = (room: string): string => `/console/rooms/${encodeURIComponent(room).replaceAll(".", "%2E")}`;

/** @param pathname as in an address, with its escapes */
export const routeOf = (pathname: string): Route => {
  const [first, ...rest] = pathname.split("/").filter(Boolean).map(unescaped);
  const [page, name, ...more] = rest;
  if (first !== "console" || more.length > 0) return { page: "nowhere" };
  if (page === undefined) return { page: "live" };
  if (page === "messages" && name) return { page: "message", id: name };
  if (page === "rooms" && name) return { page: "room", room: name };
  if ((page === "dead-letters" || page === "faults") && name === undefined) return { page };
  return { page: "nowhere" };
};

/**
 * Where a search leads: a message id (a ULID, wherever it stands in what was pasted) to its receipt, anything else to
 * the room of that name.
 */
export const searchPath = (text: string): string | undefined => {
  const id = /(?<![0-9a-z])[0-7][0-9a-hjkmnp-tv-z]{25}(?![0-9a-z])/i.exec(text)?.[0];
  if (id) return messagePath(id.toUpperCase());
  const room = text.trim();
  return room ? roomPath(room) : undefined;
};

/** A part of an address that is not well escaped stands for itself. */
const unescaped = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
