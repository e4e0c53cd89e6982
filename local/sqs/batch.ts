import { AwsError } from "../aws/error.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

const MOST_ENTRIES = 10;

/**
 * Runs an action for each entry of a batch; an entry that fails does not keep the others from it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 * @throws AwsError where the batch as a whole is not valid.
 */
export const eachEntry = async (
  input: JsonObject,
  run: (entry: JsonObject) => Promise<JsonObject>,
): Promise<JsonObject> => {
  const entries = entriesOf(input);
  const outcomes = await Promise.all(
    entries.map(async (entry) => {
      const Id = String(entry.Id);
      try {
        return { ok: { Id, ...(await run(entry)) } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { failed: { Id, SenderFault: error.status < 500, Code: error.name, Message: error.message } };
      }
    }),
  );
  const Failed = outcomes.flatMap(({ failed }) => failed ?? []);
  return { Successful: outcomes.flatMap(({ ok }) => ok ?? []), ...(Failed.length > 0 && { Failed }) };
};

const entriesOf = (input: JsonObject): JsonObject[] => {
  const entries = Array.isArray(input.Entries) ? input.Entries.filter(isJsonObject) : [];
  if (entries.length === 0) {
    throw new AwsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > MOST_ENTRIES) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map(({ Id }) => Id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  return entries;
};
