import { QUOTAS } from "../model/figures.ts";
import { ROOM_RECIPIENTS_PER_SECOND } from "./deployment.ts";
import { DAY_SECONDS, DAYS, deliveriesOf, type Workload } from "./month.ts";

const perSecond = (value: number) => Math.round(value).toLocaleString("en-US");

/**
 * What a workload comes to in a second, evenly spread, beside what a deployment and an account take as they are. Real
 * days are not even: a peak of several times the mean has to fit too.
 */
export const headroom = (workload: Workload): string[] => {
  const { members, rooms, messagesPerDay, pingSeconds } = workload;
  const posts = deliveriesOf(workload) / DAYS / DAY_SECONDS;
  const frames = messagesPerDay / DAY_SECONDS + members / pingSeconds;
  const { perSecond: quota } = QUOTAS.apiGateway;
  const told = [
    `On average ${perSecond(posts)} posts and ${perSecond(frames)} frames a second; the account's quota for both is ${perSecond(quota)}.`,
  ];
  if (posts + frames > quota)
    told.push("That is over the quota: have it raised, or messages wait and busy rooms are refused with RATE_LIMITED.");
  if (posts / rooms > ROOM_RECIPIENTS_PER_SECOND)
    told.push(
      `A room gets ${perSecond(posts / rooms)} posts a second, over its ${perSecond(ROOM_RECIPIENTS_PER_SECOND)} (roomRecipientsPerSecond): raise that too, or messages are refused with RATE_LIMITED.`,
    );
  return told;
};
