import { AwsError } from "../aws/error.ts";

/** The part of a list that one answer holds, and the token for the next. @throws AwsError `InvalidNextToken` */
export const pageOf = <Item>(
  items: readonly Item[],
  limit: number,
  token = "0",
): { page: Item[]; NextToken?: string } => {
  if (!/^\d{1,9}$/.test(token)) throw new AwsError("InvalidNextToken", `The token ${token} was not given out.`);
  const to = Number(token) + limit;
  return { page: items.slice(Number(token), to), ...(to < items.length && { NextToken: String(to) }) };
};
