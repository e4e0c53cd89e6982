import { expect, test } from "vitest";
import { type AlarmRule, decideState } from "../../../local/cloudwatch/alarm-state.ts";

/** `0` is a value that is right, `X` one that breaches, `-` none. */
const pointsOf = (picture: string) =>
  picture.split(" ").map((point) => (point === "-" ? undefined : point === "X" ? 1 : 0));
const decided = (picture: string, datapointsToAlarm: number) =>
  (["missing", "ignore", "breaching", "notBreaching"] as const).map((treatMissingData) => {
    const rule: AlarmRule = {
      breaches: (value) => value === 1,
      evaluationPeriods: 3,
      datapointsToAlarm,
      treatMissingData,
    };
    return decideState(rule, pointsOf(picture));
  });

const retained = undefined;
const unknown = "INSUFFICIENT_DATA";

// The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
test.each([
  ["0 - X - X", ["OK", "OK", "OK", "OK"]],
  ["0 - - - -", ["OK", "OK", "OK", "OK"]],
  ["- - - - -", [unknown, retained, "ALARM", "OK"]],
  ["0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["- - - - X", [unknown, retained, "ALARM", "OK"]],
  ["X - - - -", ["ALARM", retained, "ALARM", "OK"]],
])("3 out of 3 with %s is decided as CloudWatch's documentation has it", (picture, expected) => {
  expect(decided(picture, 3)).toEqual(expected);
});

test.each([
  ["0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["0 - X - -", ["OK", "OK", "ALARM", "OK"]],
  ["- - - - 0", ["OK", "OK", "ALARM", "OK"]],
  ["- - - - X", [unknown, retained, "ALARM", "OK"]],
])("2 out of 3 with %s is decided as CloudWatch's documentation has it", (picture, expected) => {
  expect(decided(picture, 2)).toEqual(expected);
});
