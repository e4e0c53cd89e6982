import type { Template } from "./roomcast.ts";

/** A template in which no function has rooms told who joins, leaves and types, as with `presenceMembers: 0`. */
export const withoutPresence = ({ Resources }: Template): void => {
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === "AWS::Lambda::Function" && Properties.Handler !== "roster.handler")
      delete Properties.Environment?.Variables.PRESENCE_TABLE;
};
