import type { RunRecord } from "./record.ts";

/** A record that keeps nothing, for a runtime that is to record nothing. */
export const noRecord: RunRecord = {
  write: () => {},
  find: async () => [],
  latest: async () => [],
  listen: () => () => {},
  bytes: async () => 0,
  stop: async () => {},
};
