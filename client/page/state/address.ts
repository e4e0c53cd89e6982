const MAX_BYTES = 128;

/** A room's name as the server takes it; undefined if this cannot be one. */
export const roomName = (typed: string): string | undefined => {
  const name = typed.trim().toWellFormed().normalize("NFC");
  const bytes = new TextEncoder().encode(name).length;
  return bytes >= 1 && bytes <= MAX_BYTES && !/[\p{Cc}\uFFFD]/u.test(name) ? name : undefined;
};

/** The address of a room within the page. */
export const addressOf = (room: string): string => `#/room/${encodeURIComponent(room)}`;

/** The room that an address opens: `#/room/NAME`, or `?room=NAME` for links that others make. */
export const roomIn = ({ hash, search }: { readonly hash: string; readonly search: string }): string | undefined => {
  const [, written] = /^#\/room\/(.+)$/.exec(hash) ?? [];
  if (written !== undefined) return roomName(decoded(written));
  const asked = hash.length > 1 ? null : new URLSearchParams(search).get("room");
  return asked === null ? undefined : roomName(asked);
};

const decoded = (written: string): string => {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};
