import { startRuntime } from "../runtime-process.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";

/** A runtime in which things go wrong, and which is started again whenever it is killed. */
export interface RuntimeWithFaults {
  readonly endpoint: string;
  /** How often it was killed so far. */
  kills(): number;
  stop(): Promise<void>;
}

/** Every fault that strikes at a share of its occasions, and how long the index lags. */
const SHARE = "5%";
const LAG = "500ms";

/**
 * Starts it with all faults on.
 * @param killAfter it is killed as it takes this many frames, and started again on the same port with the same data
 * @param kills how often
 */
export const startWithFaults = async (
  directory: string,
  { seed, killAfter, kills }: { seed: number; killAfter: number; kills: number },
): Promise<RuntimeWithFaults> => {
  let port = 0;
  let killed = 0;
  let stopping = false;
  const start = async () => {
    const kill = killed < kills ? [`runtime.kill=#${killAfter}`] : [];
    // Another seed for each life: with the same one, the same things would go wrong again.
    const faults = [`seed=${seed * 100 + killed}`, `all=${SHARE}`, `index.lag=${LAG}`, ...kill].join(",");
    const runtime = await startRuntime(directory, port, ["--faults", faults, ...WIDE_LIMITS]);
    port = Number(new URL(runtime.endpoint).port);
    return runtime;
  };
  let runtime = await start();
  const { endpoint } = runtime;
  const guard = async () => {
    for (;;) {
      await runtime.ended;
      if (stopping) return;
      killed += 1;
      runtime = await start();
    }
  };
  const guarded = guard();
  return {
    endpoint,
    kills: () => killed,
    stop: async () => {
      stopping = true;
      await runtime.stop();
      await guarded;
    },
  };
};
