import { expect, test } from "vitest";
import { disconnectRequest } from "../../../functions/runtime/disconnect-request.ts";
import { unheard } from "../../support/frame.ts";

const request = { connectionId: "ann=", reason: "TOKEN_EXPIRED" } as const;

test("a connection that is to be ended is named on the bus", async () => {
  const put: unknown[] = [];
  await disconnectRequest({ put: async (...event) => void put.push(event) })(request, unheard);
  expect(put).toEqual([["DisconnectRequested", request]]);
});

test("a bus that does not take it fails nothing, and is told of in the log", async () => {
  const warned: unknown[] = [];
  const log = { ...unheard.log, warn: (...line: unknown[]) => void warned.push(...line) };
  const put = async () => {
    throw new Error("ThrottlingException");
  };
  await disconnectRequest({ put })(request, { log });
  expect(warned).toEqual(["A connection that is to be ended stays for now.", expect.any(Error)]);
});
