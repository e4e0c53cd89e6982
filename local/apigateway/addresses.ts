import type { Stage } from "./stage.ts";

/** Where clients connect on AWS, and the path here that stands for it. */
export interface StageAddress {
  /** For example `wss://a1b2c3.execute-api.us-east-1.amazonaws.com`, or `wss://chat.example.com` of a domain. */
  readonly address: string;
  /** Empty where the path is the same here. */
  readonly path: string;
}

/** The addresses of stages themselves, and of those that domains map to, by their keys; the longer before the shorter. */
export const addressesOf = (
  stages: Iterable<Stage>,
  mappings: Iterable<readonly [key: string, stage: Stage]>,
): readonly StageAddress[] => {
  const own = new Set([...stages].map(({ domainName }) => `wss://${domainName}`));
  const mapped = [...mappings].map(([key, { domainName, name }]) => ({
    address: `wss://${domainName}${key === "" ? "" : `/${key}`}`,
    path: `/${name}`,
  }));
  return [...[...own].map((address) => ({ address, path: "" })), ...mapped].sort(
    (one, other) => other.address.length - one.address.length,
  );
};
