import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { connectionRows, type Row } from "./connection-rows.ts";
import { eventually } from "./patience.ts";
import { type Connect, newRoom } from "./person.ts";
import { no, notMeasurable, type Probe, yes } from "./probe.ts";
import type { Stack } from "./stack.ts";

/** The state machine's retries take up to about 50 s: as much longer as one answer is waited for. */
const RETRIES = 6;

interface Needs {
  readonly connect: Connect;
  readonly stack: Stack;
  readonly patienceMs: number;
}

/**
 * What becomes of posts that fail. Nothing of the deployment is changed for it: a row is put into the connections table
 * that leads nowhere, as one that a vanished client has left behind.
 */
export const failedPosts = ({ connect, stack, patienceMs }: Needs): Probe[] => {
  const rows = connectionRows(stack, patienceMs);

  /** A room with ann, bob, and a row of a connection that has ended. @param change makes the row another one */
  const roomWith = async (change: (row: Row, serverNow: number) => Partial<Row>) => {
    const room = newRoom();
    const vanished = await connect({ room });
    const [left] = await rows.members(room, 1);
    if (!left) throw new Error("The connection has no row.");
    const whole = (await rows.get(left)) ?? left;
    await vanished.close();
    // `$disconnect` removes it; later, it would remove what is put in its place.
    await rows.gone(left).catch(() => undefined);
    const [ann, bob] = [await connect({ room }), await connect({ room })];
    const { received } = await ann.publish(room, "what time is it there?");
    const row: Row = { ...whole, ...change(whole, received) };
    await rows.put(row);
    await rows.members(room, 3);
    const { id } = await ann.publish(room, "hello");
    await bob.next({ type: "message", id });
    return { room, id, row, leave: () => Promise.all([ann.close(), bob.close()]) };
  };

  return [
    {
      says: "A connection that is gone is pruned with the next message, and no other row is touched",
      must: true,
      ask: async () => {
        const { room, row, leave } = await roomWith(({ connectedAt }) => ({ connectedAt: connectedAt - 60_000 }));
        const ms = await rows.gone(row);
        await rows.members(room, 2);
        await leave();
        return yes(`Its row was gone ${ms} ms after the delivery to the other; the two others are there.`);
      },
    },
    {
      says: "A post that fails is tried again, and nobody waits for it",
      must: true,
      ask: async () => {
        // 410 within a connection's first 5 s may mean that it is not there yet: it is posted to again, then pruned.
        const { row, leave } = await roomWith((_row, serverNow) => ({ connectedAt: serverNow }));
        const still = await rows.get(row);
        if (!still) {
          await leave();
          return notMeasurable("The first post came after the grace of 5 s, so there was no need for another.");
        }
        const ms = await rows.gone(row, RETRIES * patienceMs);
        await leave();
        return yes(`The other member had the message; the young connection was pruned by a retry ${ms} ms later.`);
      },
    },
    {
      says: "A post that fails for good is dead-lettered, and nothing is pruned for it",
      must: true,
      ask: async () => {
        // The @connections API answers 400, not 410, to what cannot be a connection's id.
        const { id, row, leave } = await roomWith(() => ({ connectionId: "not-an-id" }));
        try {
          const letter = await deadLetterOf(stack, id, patienceMs);
          if (!(await rows.get(row))) return no("The row was removed.");
          return letter.includes(row.connectionId)
            ? yes(`The dead letter: ${letter}`)
            : no(`It names others: ${letter}`);
        } finally {
          await rows.remove(row);
          await leave();
        }
      },
    },
  ];
};

/** Takes the dead letter of a message; others stay in the queue. @returns the connections in it, as JSON */
const deadLetterOf = async ({ queues, undeliveredQueue }: Stack, id: string, patienceMs: number): Promise<string> => {
  const QueueUrl = await undeliveredQueue();
  const receive = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2, VisibilityTimeout: 5 };
  return eventually(`The dead letter of message ${id}`, patienceMs, async () => {
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand(receive));
    const letter = Messages.find(({ Body = "" }) => Body.includes(id));
    if (!letter?.Body) return undefined;
    await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: letter.ReceiptHandle }));
    return JSON.stringify(JSON.parse(letter.Body).connections);
  });
};
