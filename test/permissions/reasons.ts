/**
 * Permissions that no run here can use, by action, with the reason: AWS itself uses them, to write logs and traces in
 * the role's name, and the local runtime has these without asking.
 */
export const unused: Readonly<Record<string, string>> = {
  "logs:CreateLogStream":
    "Lambda writes a function's log as the function's role; here it comes from the worker itself.",
  "logs:PutLogEvents": "As logs:CreateLogStream.",
  "xray:PutTraceSegments":
    "Lambda's X-Ray daemon and Step Functions send segments as the role; here the daemon's port is open to all.",
  "xray:PutTelemetryRecords": "As xray:PutTraceSegments: how many segments were sent.",
  "xray:GetSamplingRules": "Step Functions asks X-Ray what to trace; here the caller's decision is followed.",
  "xray:GetSamplingTargets": "As xray:GetSamplingRules.",
  "logs:CreateLogDelivery":
    "Step Functions sets up the delivery of a machine's log as it creates the machine; here it is written at once.",
  "logs:GetLogDelivery": "As logs:CreateLogDelivery.",
  "logs:UpdateLogDelivery": "As logs:CreateLogDelivery.",
  "logs:DeleteLogDelivery": "As logs:CreateLogDelivery.",
  "logs:ListLogDeliveries": "As logs:CreateLogDelivery.",
  "logs:PutResourcePolicy": "As logs:CreateLogDelivery: the log group has to admit the delivery service.",
  "logs:DescribeResourcePolicies": "As logs:PutResourcePolicy.",
  "logs:DescribeLogGroups": "As logs:CreateLogDelivery.",
};

/**
 * Permissions without which everything is done all the same, by holder and action, with how: these are not taken away
 * for nothing, the log says what is missing.
 */
export const survived: Readonly<Record<string, string>> = {
  "fanoutroomfanout dynamodb:Query": "nothing is lost: a child execution serves each room, which costs more",
};

const noResource = "IAM knows no resource for this action.";
const ownGroup = "Every stream of the function's own log group: Lambda names them.";

/** Why a permission has a wildcard in its resource, by action. */
export const wildcards: Readonly<Record<string, string>> = {
  "logs:CreateLogStream": ownGroup,
  "logs:PutLogEvents": ownGroup,
  "xray:PutTraceSegments": noResource,
  "xray:PutTelemetryRecords": noResource,
  "xray:GetSamplingRules": noResource,
  "xray:GetSamplingTargets": noResource,
  "logs:CreateLogDelivery": noResource,
  "logs:GetLogDelivery": noResource,
  "logs:UpdateLogDelivery": noResource,
  "logs:DeleteLogDelivery": noResource,
  "logs:ListLogDeliveries": noResource,
  "logs:PutResourcePolicy": "Such policies belong to the account, not to a log group.",
  "logs:DescribeResourcePolicies": "As logs:PutResourcePolicy.",
  "logs:DescribeLogGroups": "Step Functions looks for the log group among all; its documentation asks for all.",
  "s3:GetObject": "Every file of the chat page; there is nothing else in its bucket.",
  "execute-api:ManageConnections":
    "Every connection of the stage: any of them may be in the room, or be ended. POST or DELETE only.",
};
