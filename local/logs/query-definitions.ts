import { AwsError } from "../aws/error.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { Action } from "./actions.ts";
import { readInput } from "./inputs.ts";
import { listPage } from "./page.ts";
import type { QueryDefinitionProperties } from "./resources.ts";

interface Needs {
  readonly queries: readonly Resource<QueryDefinitionProperties>[];
  /** When the queries were saved: Unix time in milliseconds. */
  readonly createdAt: number;
}

/** The actions on saved queries of Logs Insights, which are kept; and those that would run one, which say that none is. */
export const createQueryActions = ({ queries, createdAt }: Needs): Readonly<Record<string, Action>> => ({
  DescribeQueryDefinitions(given) {
    const input = readInput("DescribeQueryDefinitions", given);
    const { queryDefinitionNamePrefix = "", queryLanguage, maxResults = 1_000, nextToken } = input;
    const wanted = queries.filter(
      ({ properties }) =>
        properties.Name.startsWith(queryDefinitionNamePrefix) &&
        (queryLanguage ?? properties.QueryLanguage) === properties.QueryLanguage,
    );
    const { page, ...more } = listPage(wanted, maxResults, nextToken);
    const queryDefinitions = page.map(({ ref, properties }) => ({
      queryDefinitionId: ref,
      name: properties.Name,
      queryString: properties.QueryString,
      queryLanguage: properties.QueryLanguage,
      logGroupNames: [...properties.LogGroupNames],
      lastModified: createdAt,
    }));
    return { queryDefinitions, ...more };
  },
  StartQuery() {
    const message = "Logs Insights does not run here: read the lines with FilterLogEvents and a filter pattern.";
    throw new AwsError("UnknownOperationException", message);
  },
});
