import type { Author } from "../protocol/answers.ts";

/** The authorizer's context, as API Gateway hands it to every later route. */
export interface Identified {
  readonly authorizer?: { readonly principalId: string; readonly name?: string };
}

/** Who a connection belongs to: what the authorizer said, never what a frame says. */
export const authorOf = ({ authorizer }: Identified): Author => {
  if (!authorizer?.principalId) throw new Error("The event has no principalId: the stage has no authorizer.");
  return { id: authorizer.principalId, name: authorizer.name ?? "" };
};
