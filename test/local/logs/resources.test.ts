import { expect, test } from "vitest";
import { queryDefinition } from "../../../local/logs/resources.ts";
import { declared } from "../../support/declared.ts";

const query = { Name: "shop/slowest", QueryString: "fields @timestamp | limit 20", LogGroupNames: ["/aws/lambda/pay"] };

test("a saved query is one of Logs Insights, unless it says otherwise", () => {
  const saved = declared(queryDefinition, "Slowest", query);
  expect(saved.properties.QueryLanguage).toBe("CWLI");
  expect(saved.attribute("QueryDefinitionId")).toBe(saved.ref);
});

test("a saved query with parameters is refused by name", () => {
  expect(() => declared(queryDefinition, "Slowest", { ...query, Parameters: [] })).toThrow(/Parameters/);
});
