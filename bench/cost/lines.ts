import { priceOf } from "../model/prices.ts";
import { add, scale } from "../model/usage.ts";
import { table } from "../report.ts";
import { billTable } from "./bill-table.ts";
import { dollars } from "./dollars.ts";
import { headroom } from "./headroom.ts";
import { deliveriesOf, messageOf, monthOf, type Workload } from "./month.ts";
import { rivalsTable } from "./rivals.ts";

const whole = (value: number) => Math.round(value).toLocaleString("en-US");

/** What a month of a workload costs, for a person to read. */
export const costLines = (workload: Workload): string[] => {
  const { members, rooms, messagesPerDay, dataBytes, pingSeconds } = workload;
  const month = monthOf(workload);
  const deliveries = deliveriesOf(workload);
  const together = add(month.messages, month.connections);
  const perMillion = (price: number) => dollars((price / deliveries) * 1e6);
  return [
    `${whole(members)} members, always there, in ${rooms === 1 ? "one room" : `${whole(rooms)} rooms`}; ${whole(messagesPerDay)} messages a day of ${whole(dataBytes)} bytes; a ping every ${pingSeconds} s.`,
    `${whole(deliveries)} deliveries a month. us-east-1, without free tiers.`,
    "",
    ...table(billTable(month)),
    "",
    `A million deliveries: ${perMillion(priceOf(month.messages, together))}; with the connections ${perMillion(priceOf(together))}; egress apart.`,
    ...headroom(workload),
  ];
};

/** What a million deliveries cost by ours and by others, at the prices of the first billion, for a person to read. */
export const rivalsLines = async (workload: Workload): Promise<string[]> => {
  const { members, rooms } = workload;
  const ours = priceOf(scale(messageOf(workload), 1e6 / (members / rooms - 1)));
  const size = Math.round(members / rooms);
  return [
    "",
    `In rooms of ${whole(size)}, at the prices of the first billion messages, egress and connections apart:`,
    ...table(await rivalsTable(size, ours)),
    "Ours by formula, with numbers, receipts, logs and traces; the others once on the model of AWS, without any of that.",
  ];
};
