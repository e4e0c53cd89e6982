import type { App, AppProps } from "aws-cdk-lib";
import { buildAll } from "./bundles.ts";

/** The CDK app: one stack, configured by CDK context. */
export const roomcast = async (props?: AppProps): Promise<App> => {
  // esbuild, which has a process of its own, needs about as long to bundle as the CDK does to load: so both at once.
  const [built, { App }, { readConfig }, { RoomcastStack }] = await Promise.all([
    buildAll(),
    import("aws-cdk-lib"),
    import("./config.ts"),
    import("./roomcast-stack.ts"),
  ]);
  const app = new App(props);
  new RoomcastStack(app, readConfig(app), built);
  return app;
};

if (import.meta.main) (await roomcast()).synth();
