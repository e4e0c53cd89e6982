import { App, type AppProps } from "aws-cdk-lib";
import { readConfig } from "./config.ts";
import { RoomcastStack } from "./roomcast-stack.ts";

/** The CDK app: one stack, configured by CDK context. */
export const roomcast = (props?: AppProps): App => {
  const app = new App(props);
  new RoomcastStack(app, readConfig(app));
  return app;
};

if (import.meta.main) roomcast().synth();
