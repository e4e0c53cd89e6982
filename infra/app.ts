import type { App, AppProps } from "aws-cdk-lib";
import { bundleFunctions } from "./bundles.ts";

/** The CDK app: one stack, configured by CDK context. */
export const roomcast = async (props?: AppProps): Promise<App> => {
  // esbuild, which has a process of its own, needs about as long to bundle as the CDK does to load: so both at once.
  const [bundles, { App }, { readConfig }, { RoomcastStack }] = await Promise.all([
    bundleFunctions(),
    import("aws-cdk-lib"),
    import("./config.ts"),
    import("./roomcast-stack.ts"),
  ]);
  const app = new App(props);
  new RoomcastStack(app, readConfig(app), bundles);
  return app;
};

if (import.meta.main) (await roomcast()).synth();
