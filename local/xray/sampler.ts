import type { Clock } from "../clock.ts";

/**
 * X-Ray's default rule for what nobody has decided on: the first request of each second, and 5 % of the rest.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-sampling
 */
export const createSampler = ({ clock, random }: { readonly clock: Clock; random(): number }) => {
  let lastSecond: number | undefined;
  return (): boolean => {
    const second = Math.floor(clock.now() / 1000);
    const first = second !== lastSecond;
    lastSecond = second;
    return first || random() < 0.05;
  };
};
