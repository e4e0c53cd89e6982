import { add, scale, type Usage } from "../model/usage.ts";
import { connectionUsage, MONTH_MINUTES } from "./connections.ts";
import { ENVELOPE_BYTES, METRICS, RETENTION_DAYS } from "./deployment.ts";
import { fanoutUsage } from "./fanout.ts";
import { postUsage } from "./post.ts";
import { publishUsage } from "./publishing.ts";
import { receiptUsage } from "./receipts.ts";
import { tracedMessages, tracedShare } from "./tracing.ts";

/** What is asked of a deployment, the same all day and every day. */
export interface Workload {
  /** Connections, always there. */
  readonly members: number;
  /** In which they are, evenly. */
  readonly rooms: number;
  readonly messagesPerDay: number;
  readonly dataBytes: number;
  readonly pingSeconds: number;
}

export const DAYS = MONTH_MINUTES / 60 / 24;
export const DAY_SECONDS = 86_400;
/** What DynamoDB counts for each item beside its attributes. */
const ITEM_BYTES = 100;
const GB = 1024 ** 3;

/**
 * What one message uses in a room of that many members, its sender among them.
 * @param sampled the share of requests that Lambda samples
 */
export const messageUsage = (members: number, dataBytes: number, sampled: number): Usage =>
  add(
    publishUsage(dataBytes, tracedMessages(sampled)),
    fanoutUsage(members, dataBytes),
    receiptUsage,
    scale(postUsage(dataBytes), members - 1),
  );

/** Deliveries of a month: a message goes to all but its sender. */
export const deliveriesOf = ({ members, rooms, messagesPerDay }: Workload): number =>
  messagesPerDay * DAYS * (members / rooms - 1);

/** What one message of a workload uses. */
export const messageOf = ({ members, rooms, messagesPerDay, dataBytes }: Workload): Usage =>
  messageUsage(members / rooms, dataBytes, tracedShare(messagesPerDay / DAY_SECONDS));

/** What a month uses for its messages, and for the connections that wait for them. */
export const monthOf = (workload: Workload): { readonly messages: Usage; readonly connections: Usage } => {
  const { members, rooms, messagesPerDay, dataBytes, pingSeconds } = workload;
  const messages = scale(messageOf(workload), messagesPerDay * DAYS);
  const keptGb = (messagesPerDay * RETENTION_DAYS * (dataBytes + ENVELOPE_BYTES.row + ITEM_BYTES)) / GB;
  return {
    messages: add(messages, {
      dynamoDbGbMonths: keptGb,
      dynamoDbBackupGbMonths: keptGb,
      metricMonths: METRICS,
    }),
    connections: scale(
      connectionUsage({ roomMembers: members / rooms, pingSeconds }, tracedShare(members / pingSeconds)),
      members,
    ),
  };
};
