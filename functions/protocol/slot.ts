import { createHash } from "node:crypto";

/**
 * Where a connection stands in `room-index`: a uniform hash of its id, then the id. Ids themselves start with a clock;
 * uniform slots let any share of a large room be read as one range of keys.
 */
export const slotOf = (connectionId: string): string =>
  createHash("sha256").update(connectionId).digest("hex").slice(0, 8) + connectionId;
