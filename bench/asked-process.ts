import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that answers each message with one, and has said one when it is ready. */
export const startAsked = async (program: URL, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) => {
  const child = fork(fileURLToPath(program), args, { env });
  const ended = once(child, "exit");
  const broken = ended.then(([code]) => {
    throw new Error(`${program} has ended with exit code ${code}`);
  });
  // Who waits for an answer hears of it; after the last one it is no failure.
  broken.catch(() => {});
  const answer = async () => {
    const [message] = await Promise.race([once(child, "message"), broken]);
    return message;
  };
  return {
    first: await answer(),
    ask: (question: unknown) => {
      child.send(question as object);
      return answer();
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
