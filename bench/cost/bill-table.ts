import { billOf, LINES, priceOf } from "../model/prices.ts";
import { add, type Usage } from "../model/usage.ts";
import { dollars } from "./dollars.ts";

/** A month's bill as a table: what each part of the usage has of each line. The first row names the columns. */
export const billTable = (parts: Readonly<Record<string, Usage>>): string[][] => {
  const whole = add(...Object.values(parts));
  const columns = [...Object.values(parts), whole];
  const row = (name: string, of: (usage: Usage) => number) => [name, ...columns.map((usage) => dollars(of(usage)))];
  const egress = (usage: Usage) => billOf(usage, whole).egress;
  return [
    ["US dollars a month", ...Object.keys(parts), "together"],
    ...LINES.filter((line) => line !== "egress" && billOf(whole)[line] > 0).map((line) =>
      row(line, (usage) => billOf(usage, whole)[line]),
    ),
    row("without egress", (usage) => priceOf(usage, whole)),
    row("egress", egress),
    row("with egress", (usage) => priceOf(usage, whole) + egress(usage)),
  ];
};
