import * as v from "valibot";
import type { Resource, ResourceType } from "../cloudformation/resource-type.ts";
import { unqualifiedName } from "./function-name.ts";

const integer = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const eventInvokeConfigProperties = v.strictObject({
  FunctionName: v.string(),
  // There are no versions or aliases here.
  Qualifier: v.literal("$LATEST", "Only $LATEST runs here."),
  MaximumRetryAttempts: v.optional(integer(0, 2), 2),
  MaximumEventAgeInSeconds: v.optional(integer(60, 21_600), 21_600),
  DestinationConfig: v.optional(
    v.strictObject({
      OnFailure: v.optional(
        v.strictObject({
          Destination: v.pipe(v.string(), v.regex(/^arn:[^:]*:sqs:/, "Only a queue is run as a destination here.")),
        }),
      ),
    }),
  ),
});

/** `AWS::Lambda::EventInvokeConfig`, with its defaults filled in. */
export type EventInvokeConfigProperties = v.InferOutput<typeof eventInvokeConfigProperties>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const eventInvokeConfig: ResourceType<EventInvokeConfigProperties> = {
  properties: eventInvokeConfigProperties,
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};

/** How a function's asynchronous invocations are retried, and where the failed ones are recorded. */
export interface AsynchronousConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARN of the queue that is sent a record of each failed invocation. */
  readonly onFailure?: string | undefined;
}

/** Two retries within six hours, https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
export const withoutConfig: AsynchronousConfig = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };

/** The template's configurations by the function's name. @throws Error for one of a function that is not there */
export const asynchronousConfigs = (
  resources: readonly Resource<EventInvokeConfigProperties>[],
  functionNames: ReadonlySet<string>,
): ReadonlyMap<string, AsynchronousConfig> =>
  new Map(
    resources.map(({ logicalId, properties }) => {
      const name = unqualifiedName(properties.FunctionName);
      if (!functionNames.has(name)) throw new Error(`${logicalId}: the template has no function ${name}`);
      return [
        name,
        {
          maximumRetryAttempts: properties.MaximumRetryAttempts,
          maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds,
          onFailure: properties.DestinationConfig?.OnFailure?.Destination,
        },
      ];
    }),
  );
