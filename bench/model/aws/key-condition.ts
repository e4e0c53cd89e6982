import type { JsonObject } from "../../../local/json.ts";
import type { Member, Room } from "../room.ts";

/** The members that a query reads: those from `first` up to, not including, `end`. */
export interface Range {
  readonly first: Member;
  readonly end: Member;
}

/** A query of the room index, as far as the model has it. */
export interface IndexQuery {
  readonly condition: string;
  /** The string of an ExpressionAttributeValue. */
  readonly text: (name: string) => string;
  readonly startKey: JsonObject | undefined;
}

const BETWEEN = /^room = :room AND slot BETWEEN (?<from>:\w+) AND (?<to>:\w+)$/;

/**
 * Finds which members a KeyConditionExpression asks for.
 * @throws Error naming a condition that the model does not have
 */
export const rangeOf = (room: Room, { condition, text, startKey }: IndexQuery): Range => {
  const whole = condition === "room = :room" ? { first: 0, end: room.members } : between(room, condition, text);
  const { slot } = (startKey ?? {}) as { slot?: { S: string } };
  return slot ? { ...whole, first: countBelow(room, (other) => other <= slot.S) } : whole;
};

const between = (room: Room, condition: string, text: IndexQuery["text"]): Range => {
  const { from, to } = BETWEEN.exec(condition)?.groups ?? {};
  if (!from || !to) throw new Error(`The model does not have the key condition ${condition}`);
  return {
    first: countBelow(room, (slot) => slot < text(from)),
    end: countBelow(room, (slot) => slot <= text(to)),
  };
};

/** How many members come before the first whose slot is not below, in the order of slots. */
const countBelow = ({ members, slotOf }: Room, isBelow: (slot: string) => boolean): number => {
  let [low, high] = [0, members];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(slotOf(middle))) low = middle + 1;
    else high = middle;
  }
  return low;
};
