/** What a line that a person typed asks for. */
export type Typed =
  | { readonly type: "say"; readonly text: string }
  | { readonly type: "join"; readonly room: string }
  | { readonly type: "leave" | "history" | "quit" | "help" | "nothing" }
  | { readonly type: "wrong"; readonly why: string };

export const HELP = "/join <room>, /leave, /history, /quit, /help; anything else is said in the room";

/** Reads a line: a command, or something to say. */
export const readTyped = (line: string): Typed => {
  const [, command, argument = ""] = /^\/(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  if (command === undefined) return line.trim() === "" ? { type: "nothing" } : { type: "say", text: line };
  switch (command) {
    case "join":
      return argument === "" ? { type: "wrong", why: "Which room? /join <room>" } : { type: "join", room: argument };
    case "leave":
    case "history":
    case "quit":
    case "help":
      return { type: command };
    default:
      return { type: "wrong", why: `There is no /${command}. ${HELP}` };
  }
};
