import type { Sdk } from "../runtime-process.ts";

/** The runtime that is attacked. */
export interface Target {
  /** `ws://127.0.0.1:3000/dev` */
  readonly endpoint: string;
  readonly sdk: Sdk;
}

/** A request's bytes on a connection of their own. */
export interface OnTheLine {
  readonly what: string;
  readonly bytes: Buffer;
  /** Whether nobody can answer it, because its end is missing: then the client leaves. */
  readonly unfinished?: boolean;
}

/** `127.0.0.1:3000`, for the header `Host`. */
export const hostOf = ({ endpoint }: Target): string => new URL(endpoint).host;

/** `/dev` */
export const stagePath = ({ endpoint }: Target): string => new URL(endpoint).pathname;
