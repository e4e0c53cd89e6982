import { findRunning } from "../local/data-folder.ts";
import type { Account } from "./stack.ts";

/** Where a stack is: in AWS, in the Region that is given or that the SDK finds, or in the local runtime of a data folder. */
export type Place = { readonly region?: string | undefined } | { readonly data: string };

/**
 * What the clients of a stack are made with.
 * @param environment where AWS_ENDPOINT_URL may lead every service elsewhere, as to a local runtime
 * @throws Error where no runtime runs on the data folder
 */
export const accountOf = async (
  place: Place,
  { AWS_ENDPOINT_URL: elsewhere }: Readonly<Record<string, string | undefined>>,
): Promise<Account> => {
  if (!("data" in place))
    return { ...(place.region && { region: place.region }), ...(elsewhere && { endpoint: elsewhere }) };
  const running = await findRunning(place.data);
  if (!running) throw new Error(`No Roomcast runs on ${place.data}: start it with npm start.`);
  const { origin, accessKeyId, secretAccessKey } = running;
  return { endpoint: origin, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
};
