import type { IncomingMessage, ServerResponse } from "node:http";
import type { Console, ConsoleNeeds } from "../../local/console/needs.ts";
import { GUARDED, Refusal, sendJson } from "./answer.ts";
import type { Api } from "./api.ts";
import { createPage } from "./page.ts";
import { apiRefusal, pageRefusal, reads, sentBy } from "./same-site.ts";

/** The console of a running Roomcast: the page at `/console` and below, and what it asks for below `/console/api`. */
export const createConsole = (needs: ConsoleNeeds): Console => {
  const page = createPage();
  let api: Promise<Api> | undefined;
  /** Apart from the page, which is there before all the SDK clients are. */
  const loadApi = (): Promise<Api> => {
    api ??= import("./api.ts").then(({ createApi }) => createApi(needs));
    return api;
  };

  const answerApi = async (
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    try {
      const refusal = apiRefusal(sentBy(request));
      if (refusal) throw new Refusal(403, refusal);
      await (await loadApi()).answer(path, query, request, response);
    } catch (error) {
      if (!(error instanceof Refusal) || response.headersSent) throw error;
      await sendJson(request, response, { message: error.message }, error.status);
    }
  };

  const answerPage = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const sent = sentBy(request);
    const refused = pageRefusal(sent);
    if (!refused && reads(sent.method)) return page(path, request, response);
    response.writeHead(refused ? 403 : 405, { ...GUARDED, "content-type": "text/plain; charset=utf-8" });
    response.end(`${refused ?? "Pages are only read."}\n`);
  };

  return {
    async answer(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://console");
      const [, path] = /^\/console\/api\/(.*)$/.exec(pathname) ?? [];
      if (path === undefined) await answerPage(pathname, request, response);
      else await answerApi(path, searchParams, request, response);
    },
    stop: async () => (await api)?.stop(),
  };
};
