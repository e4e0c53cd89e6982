import type { Reason } from "./nag-reasons.ts";

const deployment = "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C";
const theirs =
  "It is CDK's own function, with the role that CDK gives it: it runs only while a deployment does, and reads the " +
  "account's assets and writes this bucket.";

const allowed = [
  "Action::s3:Abort*",
  "Action::s3:DeleteObject*",
  "Action::s3:GetBucket*",
  "Action::s3:GetObject*",
  "Action::s3:List*",
  "Resource::<chatpagebucketD47A5788.Arn>/*",
  "Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*",
];

/** What cdk-nag finds in the hosting of the chat page. */
export const chatPageReasons: readonly Reason[] = [
  ...allowed.map((grant) => ({
    finding: `AwsSolutions-IAM5[${grant}]`,
    on: [`${deployment}/ServiceRole/DefaultPolicy/Resource`],
    reason: theirs,
  })),
  {
    finding: "AwsSolutions-IAM5[Resource::*]",
    on: [`${deployment}/ServiceRole/DefaultPolicy/Resource`],
    reason: "CDK lets its function invalidate any distribution of the account; it does so with this one's id.",
  },
  {
    finding: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
    on: [`${deployment}/ServiceRole/Resource`],
    reason: theirs,
  },
  ...["AwsSolutions-L1", "Serverless-LambdaLatestVersion"].map((finding) => ({
    finding,
    on: [`${deployment}/Resource`],
    reason: "Which Python CDK's own function runs on is CDK's to choose.",
  })),
  {
    finding: "Serverless-LambdaTracing",
    on: [`${deployment}/Resource`],
    reason: "Nothing of a message passes by it: a deployment tells of its errors itself.",
  },
  {
    finding: "Serverless-LambdaDLQ",
    on: [`${deployment}/Resource`],
    reason: "CloudFormation waits for its answer, and fails the deployment where none comes.",
  },
  {
    finding: "AwsSolutions-S1",
    on: ["chat-page/bucket/Resource"],
    reason: "Only CloudFront reads it and only a deployment writes to it: there is nothing to learn from a log.",
  },
  {
    finding: "AwsSolutions-CFR1",
    on: ["chat-page/distribution/Resource"],
    reason: "People chat from everywhere.",
  },
  {
    finding: "AwsSolutions-CFR2",
    on: ["chat-page/distribution/Resource"],
    reason:
      "A firewall has a monthly fee, and what is behind it are four public files; the chat has limits of its own.",
  },
  {
    finding: "AwsSolutions-CFR3",
    on: ["chat-page/distribution/Resource"],
    reason: "A log of who has looked at the page would keep people's addresses for nobody to read.",
  },
  {
    finding: "AwsSolutions-CFR4",
    on: ["chat-page/distribution/Resource"],
    reason:
      "CloudFront's own certificate comes with TLS 1.0 for whoever has nothing newer, and only a domain of one's own " +
      "changes that; what browsers agree on is TLS 1.2 or 1.3.",
  },
];
