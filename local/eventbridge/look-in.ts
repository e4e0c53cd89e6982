import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { compilePattern } from "./pattern/compile.ts";
import { eventFields } from "./pattern/event-fields.ts";
import { matches } from "./pattern/match.ts";
import { busName } from "./resources.ts";
import type { Rule } from "./routing.ts";

/** A bus, by its name and ARN. */
export interface Bus {
  readonly name: string;
  readonly arn: string;
}

/** The actions that read what there is, for somebody who looks in with an SDK or the AWS CLI. Lists come whole. */
export const lookIn = (buses: readonly Bus[], rules: readonly Rule[]) => {
  const rulesOf = ({ EventBusName }: JsonObject): Rule[] => {
    const name = busName(String(EventBusName ?? "default"));
    if (!buses.some((bus) => bus.name === name)) throw missing(`Event bus ${name} does not exist.`);
    return rules.filter((rule) => rule.bus === name);
  };

  return {
    ListEventBuses: ({ NamePrefix }: JsonObject): JsonObject => ({
      EventBuses: buses.filter(named(NamePrefix)).map(({ name, arn }) => ({ Name: name, Arn: arn })),
    }),

    ListRules: (input: JsonObject): JsonObject => ({
      Rules: rulesOf(input)
        .filter(named(input.NamePrefix))
        .map(({ name, arn, bus, properties, managedBy }) => ({
          Name: name,
          Arn: arn,
          EventBusName: bus,
          EventPattern: JSON.stringify(properties.EventPattern),
          State: properties.State,
          ...(properties.Description && { Description: properties.Description }),
          ...(managedBy && { ManagedBy: managedBy }),
        })),
    }),

    ListTargetsByRule: (input: JsonObject): JsonObject => {
      const rule = rulesOf(input).find(({ name }) => name === input.Rule);
      if (!rule) throw missing(`Rule ${input.Rule} does not exist on EventBus ${input.EventBusName ?? "default"}.`);
      return { Targets: JSON.parse(JSON.stringify(rule.properties.Targets)) };
    },

    TestEventPattern: ({ EventPattern, Event }: JsonObject): JsonObject => {
      const pattern = compilePattern(String(EventPattern));
      try {
        return { Result: matches(pattern, eventFields(String(Event))) };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw new AwsError("ValidationException", "Parameter Event is not valid. Reason: it is not JSON.");
      }
    },
  };
};

const named = (prefix: unknown) => (thing: { name: string }) =>
  typeof prefix !== "string" || thing.name.startsWith(prefix);

const missing = (message: string) => new AwsError("ResourceNotFoundException", message);
