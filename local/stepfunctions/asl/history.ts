import type { JsonObject } from "../../json.ts";

/** One event of an execution's history. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export interface HistoryEvent {
  /** Counts from 1 within the execution. */
  readonly id: number;
  /** The event before it in the same branch or iteration; 0 for the first. */
  readonly previousId: number;
  /** The branch or iteration that it happened in: the same object for all of its events, and for no others. */
  readonly position: Position;
  /** For example `TaskStateEntered`. */
  readonly type: string;
  /** Unix time in milliseconds. */
  readonly timestamp: number;
  /** What the event says besides; made only when somebody reads it, because most events are read by nobody. */
  details(): JsonObject;
}

/** Where one branch or iteration is in the history. */
export interface Position {
  lastEventId: number;
}

/** Writes an event after the position's last one. @returns its id. */
export type Emit = (position: Position, type: string, details?: () => JsonObject) => number;

/** Numbers an execution's events and hands each to `listen`. */
export const createHistory = (now: () => number, listen: (event: HistoryEvent) => void): Emit => {
  let id = 0;
  return (position, type, details = () => ({})) => {
    id++;
    listen({ id, previousId: position.lastEventId, position, type, timestamp: now(), details });
    position.lastEventId = id;
    return id;
  };
};
