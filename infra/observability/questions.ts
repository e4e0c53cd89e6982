/** A question that operators ask, as a query of CloudWatch Logs Insights. */
export interface Question {
  readonly name: string;
  /** Whose log groups are asked: the ids of functions or state machines; all functions where there are none. */
  readonly of?: readonly string[];
  /** In the language of Logs Insights. What stands in it in capitals is for the operator to replace. */
  readonly query: readonly string[];
}

/** The questions. Their fields are those of the functions' lines (`functions/runtime/observe.ts`) and of Express' own. */
export const QUESTIONS: readonly Question[] = [
  {
    name: "this message",
    query: [
      "fields @timestamp, service, level, message, room, outcome, seq, connectionId, code, reason, error.name, error.message",
      'filter correlation_id = "MESSAGE-ID"',
      "sort @timestamp asc",
      "limit 1000",
    ],
  },
  {
    name: "this connection",
    query: [
      "fields @timestamp, service, level, message, correlation_id, room, outcome, code, reason, error.name",
      'filter connectionId = "CONNECTION-ID"',
      "sort @timestamp asc",
      "limit 1000",
    ],
  },
  {
    name: "slowest rooms",
    of: ["receipts"],
    query: [
      "filter ispresent(TimeToLast)",
      "stats max(TimeToLast) as slowest, pct(TimeToLast, 50) as half, max(Recipients) as recipients, count(*) as messages by room",
      "sort slowest desc",
      "limit 25",
    ],
  },
  {
    name: "who is being pruned",
    of: ["post"],
    query: [
      'filter message = "Pruned a connection that is gone."',
      "stats count(*) as pruned, count_distinct(connectionId) as connections by room, bin(5m)",
      "sort pruned desc",
      "limit 100",
    ],
  },
  {
    name: "errors by kind",
    query: [
      'filter level = "ERROR"',
      "stats count(*) as times, latest(@timestamp) as last, latest(error.message) as example by service, message, error.name",
      "sort times desc",
    ],
  },
  {
    name: "refused, and why",
    query: [
      'filter message = "Refused."',
      "stats count(*) as times, count_distinct(connectionId) as connections, latest(reason) as example by service, code, room",
      "sort times desc",
      "limit 100",
    ],
  },
  {
    name: "executions that failed",
    of: ["room-fanout", "room-segment", "room-presence"],
    query: [
      "fields @timestamp, type, details.error, details.cause, execution_arn",
      "filter type like /Failed|TimedOut|Aborted/",
      "sort @timestamp desc",
      "limit 100",
    ],
  },
];
