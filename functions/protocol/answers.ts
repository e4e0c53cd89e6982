import type { RefusalCode } from "./refusal.ts";

/** Who wrote a message. `id` is the identity that the authorizer gave; `name` is cosmetic and may be empty. */
export interface Author {
  readonly id: string;
  readonly name: string;
}

/** How far a room is: `seq` is the number of its newest message, 0 before the first. */
export interface Head {
  /** Changes when the room's numbers start anew, after a restore. */
  readonly epoch: string;
  readonly seq: number;
}

/** What a route answers its sender. `ref` is the request's own, where it had one. */
export type Answer = { readonly ref?: string | undefined } & (
  | ({ readonly type: "joined"; readonly room: string } & Head)
  | { readonly type: "left"; readonly room: string }
  | {
      readonly type: "ack";
      readonly room: string;
      readonly id: string;
      readonly seq: number;
      readonly received: number;
    }
  | { readonly type: "pong"; readonly rooms: Readonly<Record<string, Head>> }
  | { readonly type: "error"; readonly code: RefusalCode; readonly reason: string }
);

/** A message as every member but its sender gets it. `received` is Unix time in milliseconds. */
export interface MessageFrame {
  readonly type: "message";
  readonly room: string;
  readonly id: string;
  readonly seq: number;
  readonly from: Author;
  readonly data: unknown;
  readonly received: number;
}
