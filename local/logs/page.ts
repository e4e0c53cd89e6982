import { AwsError } from "../aws/error.ts";
import type { LogEvent } from "./log-group.ts";

/** What one answer holds at most, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const PAGE = { events: 10_000, bytes: 1024 * 1024 };

/** The events of one answer: as many of these as fit in it. */
export const pageOf = (events: readonly LogEvent[], limit = PAGE.events): { page: LogEvent[]; more: boolean } => {
  let bytes = 0;
  let count = 0;
  for (const { message } of events) {
    bytes += Buffer.byteLength(message);
    // An event that is larger than a page is one by itself.
    if (count === limit || (count > 0 && bytes > PAGE.bytes)) break;
    count++;
  }
  return { page: events.slice(0, count), more: count < events.length };
};

/** The position that a token stands for. @throws AwsError `InvalidParameterException` for one that was not given out */
export const positionOf = (token: string, form: RegExp = /^(\d{1,15})$/): number => {
  const [, position] = form.exec(token) ?? [];
  if (position === undefined)
    throw new AwsError("InvalidParameterException", `The specified nextToken is invalid: ${token}`);
  return Number(position);
};

/** The part of a list that one answer holds, and the token for the next. */
export const listPage = <Item>(items: readonly Item[], limit = 50, nextToken = "0") => {
  const from = positionOf(nextToken);
  const to = from + limit;
  return { page: items.slice(from, to), ...(to < items.length && { nextToken: String(to) }) };
};
