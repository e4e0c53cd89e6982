import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { connectMember, type Member } from "../test/support/member.ts";

/** A cold function of the emulator takes about half a second. */
const PATIENCE_MS = 20_000;

/** Rejects when nothing has come of it for long. */
export const soon = async <T>(what: string, promise: Promise<T>): Promise<T> => {
  const given = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: given.signal }).then(() => {
    throw new Error(`${what} did not come within ${PATIENCE_MS / 1000} s`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    late.catch(() => {});
    given.abort();
  }
};

/** What two members of a room may expect of each other. @param endpoint where they connect */
export const createTalk = (endpoint: string, headers: Record<string, string>, tables: DynamoDBClient) => {
  const members: Member[] = [];
  const connect = async (query: Record<string, string>, protocols: string[] = []) => {
    const member = await soon("The connection", connectMember(endpoint, query, { headers, protocols }));
    members.push(member);
    return member;
  };
  let ann: Member;
  let bob: Member;

  const connections = async () => {
    const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes("tablesconnections"));
    return (await tables.send(new ScanCommand({ TableName }))).Items ?? [];
  };

  return {
    connect: async () => {
      ann = await connect({ room: "lobby", name: "Ann" });
      bob = await connect({ room: "lobby", name: "Bob" });
    },
    answers: async () => {
      const { type, room } = await soon("joined", ann.ask({ message: "join", room: "attic" }));
      deepStrictEqual([type, room], ["joined", "attic"]);
      const { rooms } = await soon("pong", ann.ask({ message: "ping" }));
      deepStrictEqual(Object.keys(rooms).sort(), ["attic", "lobby"]);
    },
    refusal: async () => {
      const { type, code } = await soon("The refusal", bob.ask({ message: "publish", room: "attic", data: 1 }));
      deepStrictEqual([type, code], ["error", "NOT_A_MEMBER"]);
    },
    ack: async () => {
      for (const seq of [1, 2]) {
        const ack = await soon("The ack", ann.ask({ message: "publish", room: "lobby", data: `hello ${seq}` }));
        deepStrictEqual([ack.type, ack.seq], ["ack", seq]);
      }
    },
    message: async () => {
      for (const seq of [1, 2]) {
        const { data, from } = await soon("The message", bob.next({ type: "message", seq }));
        deepStrictEqual([data, from.name], [`hello ${seq}`, "Ann"]);
      }
      await soon("The ack", bob.ask({ message: "publish", room: "lobby", data: "and back" }));
      await soon("Bob's message", ann.next({ type: "message", data: "and back" }));
      deepStrictEqual([ann.unread, bob.unread], [[], []]);
    },
    ageOfConnection: async () => {
      const own = (await connections()).filter(({ room }) => room?.S === "attic" || room?.S === "lobby");
      const ages = Map.groupBy(own, ({ connectionId }) => connectionId?.S);
      const [twice] = [...ages.values()].filter((rows) => rows.length === 2);
      ok(twice, "nobody is in two rooms");
      ok(twice[0]?.connectedAt?.N === twice[1]?.connectedAt?.N, "connectedAt is the time of each event");
    },
    prunes: async () => {
      ann.socket.terminate();
      for (let tries = 1; (await connections()).some(({ room }) => room?.S === "attic"); tries++) {
        ok(tries < 100, "the row is still there");
        await sleep(100);
      }
    },
    refusedUpgrade: () =>
      rejects(connect({ room: "x".repeat(200) }), ({ message }: Error) => {
        if (message === "Unexpected server response: 400") return true;
        throw new Error(message.replace("Unexpected server response:", "it answers"));
      }),
    subprotocol: async () => {
      const { socket } = await connect({}, ["roomcast.v1"]);
      deepStrictEqual(socket.protocol, "roomcast.v1");
    },
    end: () => {
      for (const { socket } of members) socket.terminate();
    },
  };
};
