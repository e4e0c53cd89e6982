import * as v from "valibot";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/** A property that is JSON which other parts read, such as a policy or an event pattern. */
export const jsonObject = v.custom<JsonObject>((value) => isJsonObject(value as Json));
