import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import type { SwitchableFaults } from "../faults/faults.ts";
import type { Log } from "../log.ts";
import type { RunRecord } from "../record/record.ts";

/** What a console is given to look into a running stack with; what the stack does is for the console to know. */
export interface ConsoleNeeds {
  readonly stackName: string;
  readonly region: string;
  /** The stack's outputs, as CloudFormation would show them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The AWS endpoint of every service, for unmodified SDK clients; known once the port listens. */
  origin(): string;
  /** Credentials that may do everything. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly record: Pick<RunRecord, "find" | "latest" | "listen">;
  readonly faults: SwitchableFaults;
  readonly clock: Clock;
  readonly log: Log;
}

/** A console that serves. */
export interface Console {
  /** Answers a request to `/console` or below it. Rejects for a reason of its own; then nothing was answered. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the answers that would go on for ever. */
  stop(): Promise<void>;
}
