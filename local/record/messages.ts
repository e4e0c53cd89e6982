import type { FiledEntry } from "./generation.ts";
import type { RecordEntry, RecordKind } from "./record.ts";
import type { Written } from "./store.ts";

/** What a record's thread is started with. */
export interface Setup {
  readonly directory: string;
  readonly capacityBytes: number;
}

/** What its thread is asked, and what it answers. */
export interface Questions {
  write: { readonly asked: readonly FiledEntry[]; readonly answer: Written };
  find: {
    readonly asked: { readonly keys: readonly string[]; readonly kinds: readonly RecordKind[] | undefined };
    readonly answer: RecordEntry[];
  };
  latest: {
    readonly asked: { readonly kind: RecordKind; readonly limit: number; readonly source: string | undefined };
    readonly answer: RecordEntry[];
  };
  bytes: { readonly asked: undefined; readonly answer: number };
  close: { readonly asked: undefined; readonly answer: undefined };
}

/** To the thread; it answers in the order in which it is asked. */
export type Question = {
  [Name in keyof Questions]: { readonly name: Name; readonly asked: Questions[Name]["asked"] };
}[keyof Questions];

/** From the thread. */
export type Message =
  | { readonly kind: "open"; readonly lastId: number }
  | { readonly kind: "warning"; readonly message: string }
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "failure"; readonly message: string };
