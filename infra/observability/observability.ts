import { Construct } from "constructs";
import type { Config } from "../config.ts";
import { Alarms } from "./alarms.ts";
import { dashboard } from "./dashboard.ts";
import { observedIn } from "./observed.ts";
import { SavedQueries } from "./saved-queries.ts";
import { watchedOf } from "./watched.ts";

/** What tells operators how the stack is: alarms, a dashboard, and the questions that they ask its logs. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const observed = observedIn(scope);
    const alarms = new Alarms(this, "alarms", { config, watched: watchedOf(observed, config) });
    dashboard(this, "dashboard", { config, observed, alarms: alarms.all });
    new SavedQueries(this, "queries", observed);
  }
}
