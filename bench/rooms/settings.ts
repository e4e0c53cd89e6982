/** 256 bytes, the message that costs are told for. */
export const DATA = "x".repeat(254);

/** How long nothing may arrive before what is missing is called lost, in milliseconds. */
export const PATIENCE_MS = 40_000;
