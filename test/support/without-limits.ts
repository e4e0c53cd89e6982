import type { Template } from "./roomcast.ts";

/**
 * A template in which a connection may send, a room may take, and people may connect and join, as much as they like: for
 * tests of something else.
 */
export const withoutLimits = ({ Resources }: Template): void => {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === "AWS::ApiGatewayV2::Stage") delete Properties.RouteSettings;
    const variables = Properties.Environment?.Variables ?? {};
    for (const name of ["CONNECTION_FRAMES_PER_SECOND", "CONNECTION_FRAMES_BURST", "ROOM_MESSAGES_PER_SECOND"])
      if (variables[name]) variables[name] = "1000000";
  }
};
