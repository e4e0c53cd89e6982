import { parseArgs } from "node:util";

/** What `npm run chat` is asked. */
export interface Options {
  readonly endpoint: URL;
  /** The room to join at once. */
  readonly room: string | undefined;
  /** How the others see the person; cosmetic. */
  readonly name: string;
  /** A guest's secret instead of the one kept in the configuration folder. */
  readonly client: string | undefined;
}

const USAGE = "npm run chat -- --room lobby --name ann [--endpoint ws://127.0.0.1:3000/dev] [--client <secret>]";

/** Reads the command line. @throws Error in one line, with the usage */
export const readOptions = (args: readonly string[]): Options => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        room: { type: "string" },
        name: { type: "string", default: "" },
        endpoint: { type: "string", default: "ws://127.0.0.1:3000/dev" },
        client: { type: "string" },
      },
    });
    return {
      endpoint: readEndpoint(values.endpoint),
      room: values.room,
      name: values.name,
      client: values.client === undefined ? undefined : readSecret(values.client),
    };
  } catch (error) {
    // Node's own sentences go on with advice on how to pass what looks like an option.
    throw new Error(`${(error as Error).message.split(". ")[0]}. Usage: ${USAGE}`);
  }
};

const readEndpoint = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "ws:" || url?.protocol === "wss:") return url;
  throw new Error(`--endpoint is a ws:// or wss:// address, not ${JSON.stringify(text)}`);
};

/** A guest's secret is offered as a subprotocol, so it has only the characters that RFC 6455 allows there. */
export const readSecret = (text: string): string => {
  if (/^[\w.~!#$%&'*+^`|-]{22,256}$/.test(text)) return text;
  throw new Error("A client secret has 22 to 256 letters, digits, - or _ (128 random bits or more)");
};
