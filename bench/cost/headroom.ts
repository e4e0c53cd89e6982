import { QUOTAS } from "../model/figures.ts";
import {
  CLIENT,
  CONNECTS_PER_SECOND,
  FRAMES_PER_SECOND,
  ROOM_MESSAGES_PER_SECOND,
  ROOM_RECIPIENTS_PER_SECOND,
} from "./deployment.ts";
import { DAY_SECONDS, DAYS, deliveriesOf, type Workload } from "./month.ts";

/** Something that a workload asks for in a second, and what there is of it. */
interface Demand {
  readonly what: string;
  readonly perSecond: number;
  readonly limit: number;
  /** What the limit is, and what to do. */
  readonly remedy: string;
}

const rounded = (value: number) => Math.round(value).toLocaleString("en-US");

/**
 * What a workload comes to in a second, evenly spread, and where that is more than a deployment and an account take as
 * they are. Real days are not even: a peak of several times the mean has to fit too.
 */
export const headroom = (workload: Workload): string[] => {
  const { members, rooms, messagesPerDay, pingSeconds } = workload;
  const posts = deliveriesOf(workload) / DAYS / DAY_SECONDS;
  const frames = messagesPerDay / DAY_SECONDS + members / pingSeconds;
  const demands: Demand[] = [
    {
      what: "Posts and frames",
      perSecond: posts + frames,
      limit: QUOTAS.apiGateway.perSecond,
      remedy: "the account's quota of requests: have it raised",
    },
    { what: "Frames", perSecond: frames, limit: FRAMES_PER_SECOND, remedy: "the stage's framesPerSecond: raise it" },
    {
      what: "Posts to one room",
      perSecond: posts / rooms,
      limit: ROOM_RECIPIENTS_PER_SECOND,
      remedy: "roomRecipientsPerSecond: raise it, or messages are refused with RATE_LIMITED",
    },
    {
      what: "Messages of one room",
      perSecond: messagesPerDay / rooms / DAY_SECONDS,
      limit: ROOM_MESSAGES_PER_SECOND,
      remedy: "roomMessagesPerSecond: raise it, or messages are refused with RATE_LIMITED",
    },
    {
      what: "Pings of one room",
      perSecond: members / rooms / pingSeconds,
      limit: QUOTAS.partitionReads.perSecond,
      remedy: "the reads of one item, the room's head, which cannot be raised: ping less often",
    },
    {
      what: "Connections renewed",
      perSecond: members / (CLIENT.renewalMinutes * 60),
      limit: CONNECTS_PER_SECOND,
      remedy: "the stage's connectsPerSecond: raise it, above 500 with the account's quota of new connections",
    },
  ];
  return [
    `On average ${rounded(posts)} posts and ${rounded(frames)} frames a second.`,
    ...demands
      .filter(({ perSecond, limit }) => perSecond > limit)
      .map(
        ({ what, perSecond, limit, remedy }) =>
          `${what}: ${rounded(perSecond)} a second, over the ${rounded(limit)} of ${remedy}.`,
      ),
  ];
};
