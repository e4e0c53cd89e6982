import { AwsError } from "../aws/error.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import { readInput } from "./inputs.ts";
import type { Action } from "./metric-actions.ts";
import { pageOf } from "./page.ts";
import type { DashboardProperties } from "./resources.ts";

interface Needs {
  readonly dashboards: readonly Resource<DashboardProperties>[];
  arnOf(name: string): string;
  /** When the dashboards were made: Unix time in milliseconds. */
  readonly createdAt: number;
}

/** The actions on dashboards: their bodies are kept, and drawn by nobody here. */
export const createDashboardActions = ({ dashboards, arnOf, createdAt }: Needs): Readonly<Record<string, Action>> => {
  const bodies = new Map(dashboards.map(({ ref, properties }) => [ref, properties.DashboardBody]));
  return {
    GetDashboard(given) {
      const { DashboardName } = readInput("GetDashboard", given);
      const DashboardBody = bodies.get(DashboardName);
      if (DashboardBody === undefined)
        throw new AwsError("DashboardNotFoundError", `Dashboard ${DashboardName} does not exist`, 404);
      return { DashboardArn: arnOf(DashboardName), DashboardBody, DashboardName };
    },
    ListDashboards(given) {
      const { DashboardNamePrefix = "", NextToken } = readInput("ListDashboards", given);
      const wanted = [...bodies].filter(([name]) => name.startsWith(DashboardNamePrefix));
      const { page, ...more } = pageOf(wanted, 1_000, NextToken);
      const DashboardEntries = page.map(([DashboardName, body]) => ({
        DashboardName,
        DashboardArn: arnOf(DashboardName),
        LastModified: createdAt / 1_000,
        Size: Buffer.byteLength(body),
      }));
      return { DashboardEntries, ...more };
    },
  };
};
