/** The thread that the record's files are written and read in: `new Worker` with a `Setup`. */
import { parentPort, workerData } from "node:worker_threads";
import type { Message, Question, Setup } from "./messages.ts";
import { openStore, type Store } from "./store.ts";

const say = (message: Message) => parentPort?.postMessage(message);

const store = openStore({ ...(workerData as Setup), warn: (message) => say({ kind: "warning", message }) });

const answer = ({ find, latest, ...rest }: Store, question: Question) => {
  if (question.name === "write") return rest.write(question.asked);
  if (question.name === "find") return find(question.asked.keys, question.asked.kinds);
  if (question.name === "latest") return latest(question.asked.kind, question.asked.limit, question.asked.source);
  return rest[question.name]();
};

parentPort?.on("message", (question: Question) => {
  try {
    say({ kind: "answer", answer: answer(store, question) });
  } catch (error) {
    say({ kind: "failure", message: (error as Error).message });
  }
});
say({ kind: "open", lastId: store.lastId() });
