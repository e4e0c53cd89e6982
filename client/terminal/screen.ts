import { createInterface } from "node:readline";
import { styleText } from "node:util";
import type { Shown } from "./shown.ts";

interface Needs {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly onLine: (line: string) => void;
  readonly onEnd: () => void;
  /** Ctrl-C. */
  readonly onInterrupt: () => void;
}

/** Lines in and lines out. In a terminal what is being typed stays below what comes in; elsewhere there is no prompt. */
export const createScreen = ({ input, output, onLine, onEnd, onInterrupt }: Needs) => {
  const terminal = Boolean(input.isTTY && output.isTTY);
  const lines = createInterface(terminal ? { input, output, prompt: "> " } : { input, terminal: false });
  let open = true;
  const prompt = (keepCursor: boolean) => {
    if (terminal && open) lines.prompt(keepCursor);
  };
  lines.on("line", (line) => {
    onLine(line);
    prompt(false);
  });
  lines.on("close", () => {
    if (open) onEnd();
  });
  if (terminal) lines.on("SIGINT", onInterrupt);
  else process.once("SIGINT", onInterrupt);
  prompt(false);

  return {
    show: (line: Shown) => {
      // In a terminal, over the prompt and what has been typed so far, which come back below.
      output.write(`${terminal ? "\r\u001b[K" : ""}${styled(line, output)}\n`);
      prompt(true);
    },
    close: () => {
      open = false;
      lines.close();
      // An input that is merely paused keeps the process alive.
      input.destroy();
    },
  };
};

/** The line as text: `12:01:05 ann: hello`, with a check mark if it is our own and acknowledged. */
export const textOf = (line: Shown): string => {
  switch (line.kind) {
    case "message":
      return `${timeOf(line.at)} ${printable(line.author)}: ${printable(line.text)}`;
    case "sent":
      return `${timeOf(line.at)} ${printable(line.author)}: ${printable(line.text)} ✓`;
    case "notice":
      return `- ${printable(line.text)}`;
    case "failure":
      return `! ${printable(line.text)}`;
  }
};

const styled = (line: Shown, stream: NodeJS.WriteStream): string => {
  if (line.kind === "notice") return styleText("dim", textOf(line), { stream });
  if (line.kind === "failure") return styleText("red", textOf(line), { stream });
  return textOf(line);
};

const timeOf = (at: number): string => new Date(at).toLocaleTimeString("en-GB");

/** Others' text must not steer the terminal: an escape sequence could clear it, or type into it. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, "\u{FFFD}");
