import { expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import { counted } from "../cloudwatch/counted.ts";
import { bus, DEAD_LETTERS, entry } from "./bus.ts";

const RULE = { EventBusName: "orders", RuleName: "to-work" };
const throttled = () => {
  throw new AwsError("ThrottlingException", "Slow down");
};
const withQueue = { DeadLetterConfig: { Arn: DEAD_LETTERS }, RetryPolicy: { MaximumRetryAttempts: 2 } };

test("an event that matches and is delivered is counted for its rule, and one that does not is not", async () => {
  const { putMetric, sums } = counted();
  const { put, clock } = await bus({ putMetric });
  await put(entry());
  await put(entry({ Source: "elsewhere" }));
  await clock.advance(0);
  expect(sums(RULE)).toEqual({
    MatchedEvents: 1,
    TriggeredRules: 1,
    InvocationAttempts: 1,
    SuccessfulInvocationAttempts: 1,
    Invocations: 1,
  });
});

test("an event that is given up counts each attempt, and as failed once", async () => {
  const { putMetric, sums } = counted();
  const { put, clock } = await bus({ putMetric, target: withQueue, deliver: throttled });
  await put(entry());
  await clock.advance(600_000);
  expect(sums(RULE)).toEqual({
    MatchedEvents: 1,
    TriggeredRules: 1,
    InvocationAttempts: 3,
    RetryInvocationAttempts: 2,
    Invocations: 1,
    FailedInvocations: 1,
    InvocationsSentToDlq: 1,
  });
});

test("one that does not get into the dead-letter queue either counts as that", async () => {
  const { putMetric, sums } = counted();
  const sendDeadLetter = async () => throttled();
  const { put, clock } = await bus({ putMetric, target: withQueue, deliver: throttled, sendDeadLetter });
  await put(entry());
  await clock.advance(600_000);
  expect(sums(RULE)).toMatchObject({ FailedInvocations: 1, InvocationsFailedToBeSentToDlq: 1 });
  expect(sums(RULE)).not.toHaveProperty("InvocationsSentToDlq");
});
