import { expect, test } from "vitest";
import { disconnectRequested } from "../../functions/disconnect-requested.ts";
import { unheard } from "../support/frame.ts";

const request = { detail: { connectionId: "ann=", reason: "TOO_MANY_FRAMES" } } as const;

test.each([true, false])(
  "the connection is ended, also where it is not there any more (there: %j)",
  async (isThere) => {
    const ended: string[] = [];
    const handler = disconnectRequested({
      endConnection: async (connectionId) => {
        ended.push(connectionId);
        return isThere;
      },
    });
    await handler(request, unheard);
    expect(ended).toEqual(["ann="]);
  },
);

test("where it cannot be ended just now that is an error, so that Lambda tries it again", async () => {
  const endConnection = () => Promise.reject(new Error("LimitExceededException"));
  await expect(disconnectRequested({ endConnection })(request, unheard)).rejects.toThrow("LimitExceeded");
});
