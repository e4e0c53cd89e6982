import type { AuthorizerContext, Rights } from "../contracts/identity.ts";
import type { Author } from "../protocol/answers.ts";
import { readRights } from "../protocol/rights.ts";

/** The authorizer's context, as API Gateway hands it to every later route. */
export interface Identified {
  readonly authorizer?: { readonly principalId: string } & Partial<AuthorizerContext>;
}

/** Who a connection belongs to: what the authorizer said, never what a frame says. */
export const authorOf = ({ authorizer }: Identified): Author => {
  if (!authorizer?.principalId) throw new Error("The event has no principalId: the stage has no authorizer.");
  return { id: authorizer.principalId, name: authorizer.name ?? "" };
};

/** When a connection's token expires, in Unix seconds; undefined for a guest, who has none. */
export const validUntilOf = ({ authorizer }: Identified): number | undefined =>
  authorizer?.validUntil === undefined ? undefined : Number(authorizer.validUntil);

/** What a connection's token allows; undefined for a guest, who may do everything. */
export const rightsOf = ({ authorizer }: Identified): Rights | undefined =>
  authorizer?.rights === undefined ? undefined : readRights(JSON.parse(authorizer.rights));
