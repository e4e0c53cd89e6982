/** One line on the screen. Times are Unix time in milliseconds. */
export type Shown =
  | { readonly kind: "message"; readonly at: number; readonly author: string; readonly text: string }
  | { readonly kind: "sent"; readonly at: number; readonly author: string; readonly text: string }
  | { readonly kind: "notice" | "failure"; readonly text: string };

export const notice = (text: string): Shown => ({ kind: "notice", text });
export const failure = (text: string): Shown => ({ kind: "failure", text });
