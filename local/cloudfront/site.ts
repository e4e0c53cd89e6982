import type { IncomingMessage, ServerResponse } from "node:http";
import type { StageAddress } from "../apigateway/addresses.ts";
import type { Stack } from "../cloudformation/stack.ts";
import type { Iam } from "../iam/iam.ts";
import { createBuckets } from "../s3/buckets.ts";
import { bucketDeployment } from "../s3/custom-resources.ts";
import { bucket } from "../s3/resources.ts";
import { createDistribution } from "./distribution.ts";
import { presentPageOrigin } from "./page-origin.ts";
import { distribution } from "./resources.ts";
import { responseHeadersPolicy } from "./response-headers.ts";

interface Needs {
  readonly stack: Stack;
  readonly iam: Pick<Iam, "authorize" | "allows">;
  readonly account: string;
  now(): number;
  /** Where the stack's clients connect. */
  readonly addresses: readonly StageAddress[];
}

/** A template's website at the one port. */
export interface Site {
  /** Whether the template has one. */
  readonly isThere: boolean;
  /** Answers a request; false where there is no site. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  /** Lets an upgrade by a page of the site come from where the page is on AWS. */
  present(request: IncomingMessage): void;
}

/**
 * The distribution of a template, if it has one.
 * @throws Error for a second one: they would be at the same address here
 */
export const createSite = ({ stack, iam, account, now, addresses }: Needs): Site => {
  const [first, second] = stack.ofType(distribution);
  if (second) throw new Error(`${second.logicalId} is the second distribution: only one has the port's root.`);
  if (!first) return { isThere: false, serve: () => false, present: () => {} };
  const { getObject } = createBuckets({
    buckets: stack.ofType(bucket),
    deployments: stack.ofType(bucketDeployment),
    assetDirectory: stack.assetDirectory,
    ...iam,
    now,
  });
  const policies = stack.ofType(responseHeadersPolicy);
  const { domainName, serve } = createDistribution({ distribution: first, policies, account, getObject, addresses });
  return {
    isThere: true,
    serve: (request, response) => {
      serve(request, response);
      return true;
    },
    present: (request) => presentPageOrigin(request, domainName),
  };
};
