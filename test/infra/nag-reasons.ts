/** Why what cdk-nag finds is left as it is, on these resources and no other (their construct paths in the stack). */
export interface Reason {
  readonly finding: string;
  readonly on: readonly string[];
  readonly reason: string;
}

const routes = ["$disconnect", "$default", "join", "leave", "publish", "history", "members", "typing", "ping"];
const synchronous = [
  "authorize",
  "connect",
  "disconnect",
  "default",
  "join",
  "leave",
  "publish",
  "history",
  "members",
  "typing",
  "ping",
  "post",
  "roster",
];
const enders = ["kick-requested", "disconnect-requested"];
const functions = [...synchronous, "publish-requested", "receipts", ...enders];
const queues = ["fanout/undelivered", "fanout/not-started", "backend-publishing/unpublished"].map(
  (queue) => `${queue}/Resource`,
);

const noAccessLogs =
  "Access logs need a CloudWatch role that the account's whole Region shares, which a fresh account does not have: " +
  "so they are off unless `accessLogs` says otherwise.";

/** What it finds in the stack as it is deployed by default. */
export const reasons: readonly Reason[] = [
  {
    finding: "AwsSolutions-IAM5[Resource::*]",
    on: functions.map((name) => `functions/${name}-role/DefaultPolicy/Resource`),
    reason: "X-Ray's PutTraceSegments and PutTelemetryRecords take no resource but *.",
  },
  {
    finding: "AwsSolutions-IAM5[Resource::*]",
    on: ["fanout/room-fanout", "fanout/room-segment", "presence/room-presence"].map(
      (machine) => `${machine}/Role/DefaultPolicy/Resource`,
    ),
    reason: "X-Ray's actions, and those by which a state machine has its logs delivered, take no resource but *.",
  },
  {
    finding:
      "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<apiwebsocketC2CE398B>/dev/POST/@connections/*]",
    on: ["functions/post-role/DefaultPolicy/Resource"],
    reason: "A connection's id is made as it connects: no template can name it. It is this API, this stage, POST only.",
  },
  {
    finding:
      "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<apiwebsocketC2CE398B>/dev/DELETE/@connections/*]",
    on: enders.map((name) => `functions/${name}-role/DefaultPolicy/Resource`),
    reason: "As above, DELETE only: these two end connections, and no other function may.",
  },
  {
    finding: "AwsSolutions-DDB3",
    on: ["tables/connections/Resource"],
    reason: "Restored connections would be of no use: their sockets are gone, and clients connect anew.",
  },
  {
    finding: "AwsSolutions-DDB3",
    on: ["tables/refs/Resource"],
    reason: "What it holds counts for a day only; after a restore, a repeated publish is at worst a second message.",
  },
  {
    finding: "AwsSolutions-DDB3",
    on: ["presence/table/Resource"],
    reason: "After a restore, rooms are told once more who is there: that is all it could save.",
  },
  {
    finding: "Serverless-EventBusDLQ",
    on: ["presence/members-stirred/Resource"],
    reason: "Who joined, left or typed is news for a moment; what was missed, the room's next look tells.",
  },
  {
    finding: "Serverless-EventBusDLQ",
    on: ["backend-publishing/publish-requested/Resource"],
    reason: "Lambda's own queue takes what the bus hands it; what fails there ends in the function's destination.",
  },
  {
    finding: "Serverless-EventBusDLQ",
    on: ["people/kick-requested/Resource", "people/disconnect-requested/Resource"],
    reason: "What asks for an end is worth nothing when it is old; whoever misses `Kicked` asks again.",
  },
  {
    finding: "Serverless-EventBusDLQ",
    on: ["receipts/message-delivered/Resource"],
    reason: "A receipt that is never read is a gap in a graph, and that is all.",
  },
  {
    finding: "AwsSolutions-SQS3",
    on: queues,
    reason: "They are where things end that failed for good: none of them has another behind it.",
  },
  {
    finding: "AwsSolutions-SF1",
    on: ["fanout/room-fanout/Resource", "fanout/room-segment/Resource", "presence/room-presence/Resource"],
    reason: "Logging every state of a delivery costs more than the delivery. What fails is logged.",
  },
  {
    finding: "AwsSolutions-APIG4",
    on: routes.map((route) => `api/websocket/${route}-Route/Resource`),
    reason: "A WebSocket API asks its authorizer on $connect only, and hands what it said to every later route.",
  },
  { finding: "AwsSolutions-APIG1", on: ["api/stage/Resource"], reason: noAccessLogs },
  { finding: "Serverless-APIGWAccessLogging", on: ["api/stage/Resource"], reason: noAccessLogs },
  {
    finding: "Serverless-LambdaDLQ",
    on: synchronous.map((name) => `functions/${name}/Resource`),
    reason: "Lambda sends asynchronous invocations to it, and these functions are invoked synchronously.",
  },
  {
    finding: "Serverless-LambdaDLQ",
    on: ["functions/publish-requested/Resource"],
    reason:
      "It has a destination for what fails, which also gets the error; a DeadLetterConfig would get it once more.",
  },
  {
    finding: "Serverless-LambdaDLQ",
    on: ["functions/receipts/Resource"],
    reason: "A receipt that is never counted is a gap in a graph, and that is all.",
  },
  {
    finding: "Serverless-LambdaDLQ",
    on: ["functions/kick-requested/Resource"],
    reason:
      "Whoever asks for a kick is answered by `Kicked`, and asks again where it does not come; an alarm tells too.",
  },
  {
    finding: "Serverless-LambdaDLQ",
    on: ["functions/disconnect-requested/Resource"],
    reason: "A connection that stays gets nothing all the same, and its next touch asks for its end again.",
  },
  {
    finding: "Serverless-SQSRedrivePolicy",
    on: queues,
    reason: "Nothing receives from them but a person who looks into what failed: there is nothing to redrive.",
  },
];

/** What it finds with `accessLogs: create-account-role`. */
export const withAccessLogs: readonly Reason[] = [
  ...reasons.filter(({ reason }) => reason !== noAccessLogs),
  {
    finding:
      "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
    on: ["api/account-role/Resource"],
    reason: "API Gateway's documentation asks for this policy, which is AWS's to keep in step with the service.",
  },
];
