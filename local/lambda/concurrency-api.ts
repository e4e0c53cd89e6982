import * as v from "valibot";
import { AwsError } from "../aws/error.ts";
import type { LambdaFunction } from "./create-function.ts";
import type { InvokeNeeds } from "./invoke-api.ts";
import type { RestAnswer, RestCall } from "./rest.ts";

const request = v.object({ ReservedConcurrentExecutions: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** The actions have come in two versions of the API. */
const PATHS = { GET: "2019-09-30", PUT: "2017-10-31", DELETE: "2017-10-31" } as const;

/**
 * PutFunctionConcurrency, GetFunctionConcurrency and DeleteFunctionConcurrency. What is set holds until the runtime
 * ends: then the template's value counts again. That the account's 100 are left to other functions is not checked.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 * @returns undefined for another call
 * @throws AwsError `InvalidParameterValueException` for what is no whole number from 0
 */
export const concurrencyOver = (call: RestCall, { find }: Pick<InvokeNeeds, "find">): RestAnswer | undefined => {
  const [, version, name = ""] = /^\/([\d-]+)\/functions\/([^/]+)\/concurrency\/?$/.exec(call.path) ?? [];
  const functionFor = (action: string) => find(decodeURIComponent(name), call.principal, `lambda:${action}`);
  switch (version && version === PATHS[call.method as keyof typeof PATHS] && call.method) {
    case "GET":
      return answer(functionFor("GetFunctionConcurrency"));
    case "PUT": {
      const found = functionFor("PutFunctionConcurrency");
      found.reserve(requested(call.body));
      return answer(found);
    }
    case "DELETE":
      functionFor("DeleteFunctionConcurrency").reserve(undefined);
      return { status: 204, headers: {}, body: "" };
    default:
      return undefined;
  }
};

/** Without a reservation it answers with an empty object. */
const answer = ({ reserved }: LambdaFunction): RestAnswer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ ReservedConcurrentExecutions: reserved }),
});

const requested = (body: string): number => {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), request), body);
  if (read.success) return read.output.ReservedConcurrentExecutions;
  const problem = "ReservedConcurrentExecutions is a whole number from 0.";
  throw new AwsError("InvalidParameterValueException", problem);
};
