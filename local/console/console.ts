import type { IncomingMessage, ServerResponse } from "node:http";
import type { Console, ConsoleNeeds } from "./needs.ts";

/** Whether a request is the console's to answer. */
const concerns = ({ url = "/" }: IncomingMessage) => /^\/console(?:[/?]|$)/.test(url);

/**
 * The console, loaded by the first request to it: whoever does not look pays nothing, neither at the start nor later.
 */
export const createConsole = (needs: ConsoleNeeds) => {
  let loading: Promise<Console> | undefined;
  const load = async (): Promise<Console> => (await import("../../console/server/main.ts")).createConsole(needs);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      loading ??= load();
      await (await loading).answer(request, response);
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const details = { method: request.method, path: request.url, stack };
      needs.log({ level: "error", from: "console", message: `A request failed: ${message}`, details });
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "application/json" }).end('{"message":"The console failed."}');
    }
  };

  return {
    /** Answers a request if it is the console's. */
    page(request: IncomingMessage, response: ServerResponse): boolean {
      if (!concerns(request)) return false;
      void answer(request, response);
      return true;
    },
    stop: async () => (await loading?.catch(() => undefined))?.stop(),
  };
};
