import type { DeadLetter, RedriveRequest, RedriveResult } from "../console/contract.ts";
import type { Account } from "../verify/stack.ts";
import { doAgain } from "./again.ts";
import { shown } from "./in-words.ts";
import { type Letter, QUEUES, readLetter } from "./letter.ts";
import { visit } from "./queue.ts";
import { openRedriveStack } from "./stack.ts";

/** The dead letters of one stack, to be looked at and redriven. */
export interface DeadLetters {
  /**
   * What is in the three queues, the oldest first. Each letter is hidden from other consumers while it is read, so for
   * a second or so; who lists at the same moment sees only the others.
   */
  list(): Promise<DeadLetter[]>;
  /**
   * Does again what the letters say was not done, one after the other, and deletes each letter that this was done for.
   * At least once: where it breaks off in between, the letter stays, and is in the queue again within two minutes.
   * @param hear gets each result as it comes
   * @returns a result for each letter, also where it could not be done: nothing is thrown for one letter
   */
  redrive(request: RedriveRequest, hear?: (result: RedriveResult) => void): Promise<RedriveResult[]>;
  /** Closes what it has open. */
  end(): void;
}

/**
 * Opens the dead letters of a stack, on AWS or of a local runtime.
 * @param stackName for example `Roomcast-dev`
 */
export const openDeadLetters = (stackName: string, account: Account): DeadLetters => {
  const stack = openRedriveStack(stackName, account);
  // SQS has many servers, and asks all of them only if it may wait: else an answer may be empty although there is
  // something. An endpoint of our own is one server.
  const listWait = account.endpoint === undefined ? 1 : 0;

  const list = async () => {
    const found = await Promise.all(
      QUEUES.map(async (queue) => {
        const letters: DeadLetter[] = [];
        const url = await stack.queueUrl(queue);
        await visit(stack.queues, url, { atOnce: 10, waitSeconds: listWait }, async (message) => {
          letters.push(shown(readLetter(queue, message)));
          return "keep";
        });
        return letters;
      }),
    );
    return found.flat().sort((one, other) => one.at - other.at);
  };

  const redrive: DeadLetters["redrive"] = async ({ letterIds, dryRun }, hear = () => {}) => {
    const waiting = new Set(letterIds === "all" ? (await list()).map(({ letterId }) => letterId) : letterIds);
    const results: RedriveResult[] = [];
    const tell = (result: RedriveResult) => {
      results.push(result);
      hear(result);
    };
    for (const queue of QUEUES) {
      if (waiting.size === 0) break;
      const url = await stack.queueUrl(queue);
      await visit(
        stack.queues,
        url,
        { atOnce: 1, waitSeconds: REDRIVE_WAIT, until: () => waiting.size === 0 },
        async (message, hideLonger) => {
          const letter = readLetter(queue, message);
          if (!waiting.delete(letter.letterId)) return "keep";
          const result = await resultOf(letter, dryRun, hideLonger);
          tell(result);
          return result.done ? "delete" : "keep";
        },
      );
    }
    for (const letterId of waiting) tell({ letterId, outcome: NOT_THERE, done: false });
    return results;
  };

  const resultOf = async (letter: Letter, dryRun: boolean, hideLonger: () => Promise<void>): Promise<RedriveResult> => {
    const { letterId } = letter;
    try {
      const outcome = await doAgain({ ...stack, hideLonger })(letter, dryRun);
      return { letterId, outcome, done: !dryRun };
    } catch (error) {
      return { letterId, outcome: `It stays: ${error instanceof Error ? error.message : String(error)}`, done: false };
    }
  };

  return {
    list,
    redrive,
    end: stack.end,
  };
};

/** Long enough for who lists the letters at this moment, and hides them. */
const REDRIVE_WAIT = 2;

const NOT_THERE = "It is not in the queues now: it was redriven before, or somebody else has it in hand.";
