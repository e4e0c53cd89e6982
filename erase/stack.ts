import { setTimeout as sleep } from "node:timers/promises";
import { type Account, openStack } from "../verify/stack.ts";
import { claimsTable } from "./claims.ts";
import { messagesTable } from "./messages.ts";
import type { PersonNeeds } from "./person.ts";
import type { RoomNeeds } from "./room.ts";
import { roomsTable } from "./rooms.ts";

/** The longest that a function which writes messages may run. */
export const LONGEST_FUNCTION_SECONDS = 10;

/** Writes at once: some 2,000 a second, far below what a table on demand takes. */
const WRITES_AT_ONCE = 20;

/**
 * The tables of a stack, on AWS or of a local runtime, to erase something in.
 * @param name for example `Roomcast-dev`
 * @throws Error naming the table that there is not
 */
export const openEraseStack = async (name: string, account: Account): Promise<EraseStack> => {
  const stack = openStack(name, account);
  const required = async (place: string): Promise<string> => {
    const found = await stack.findTable(place);
    if (found) return found;
    throw new Error(`There is no table ${name}-${place}… in this account and Region.`);
  };
  try {
    return {
      ...claimsTable(stack.tables, await required("tablesrefs")),
      ...messagesTable(stack.tables, await required("tablesmessages")),
      ...roomsTable(stack.tables, await required("tablesrooms"), await stack.findTable("presencetable")),
      each,
      // A second more, for what a function has sent at its very end.
      letFunctionsEnd: () => sleep((LONGEST_FUNCTION_SECONDS + 1) * 1_000),
      end: stack.end,
    };
  } catch (error) {
    stack.end();
    throw error;
  }
};

const each: EraseStack["each"] = async (items, act) => {
  const rest = items.values();
  const inTurn = async () => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, inTurn));
};

export interface EraseStack extends PersonNeeds, RoomNeeds {
  /** Closes what is open. */
  end(): void;
}
