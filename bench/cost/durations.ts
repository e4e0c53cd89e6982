import { LATENCIES, type Latency, PROCESSOR } from "../model/figures.ts";

/** The standard normal quantile of 99 %. */
const Z99 = 2.3263;

/** The mean of a lognormal latency, which is what is paid for; its median is less. In milliseconds. */
export const meanMs = ({ medianMs, p99Ms }: Latency): number =>
  medianMs * Math.exp((Math.log(p99Ms / medianMs) / Z99) ** 2 / 2);

/** How long so many milliseconds of a processor take in a function of that memory, which has a share of one only. */
export const computeMs = (ms: number, memoryMb: number): number => ms / Math.min(1, memoryMb / PROCESSOR.mbOfOne);

/** A Task of an Express execution that calls a service once. */
export const taskMs = (service: keyof typeof LATENCIES): number => meanMs(LATENCIES.task) + meanMs(LATENCIES[service]);
