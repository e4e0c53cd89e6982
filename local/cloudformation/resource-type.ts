import type { GenericSchema } from "valibot";
import type { Json } from "../json.ts";

/**
 * What the runtime understands of one resource type. A service's folder exports one for each type that it runs; the
 * template is refused, by the resource's name, for a type that nobody exports and for a property that its schema
 * does not name.
 */
export interface ResourceType<Properties = unknown> {
  /** A strict schema of the properties after all intrinsic functions are resolved (`v.strictObject`). */
  readonly properties: GenericSchema<unknown, Properties>;
  /** What `Ref` gives. */
  ref(resource: Identity): string;
  /** What `Fn::GetAtt` gives, by attribute name; called only for the attribute that is asked for. */
  readonly attributes: Readonly<Record<string, (resource: Identity) => string>>;
}

/** What a resource's physical names are made of. */
export interface Identity {
  readonly logicalId: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly stackName: string;
  /** A top-level property of the resource, resolved; undefined where the template does not give it. */
  property(name: string): Json | undefined;
  /** A short name from the stack's and the resource's names, the same at each start: `Roomcast-dev-BusA1B2C3`. */
  readonly generatedName: string;
}

/** A resource of the template with its properties resolved and checked. */
export interface Resource<Properties = unknown> {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
  /** What `Ref` gives for it. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives for it. @throws for an attribute that the type does not have. */
  attribute(name: string): string;
  readonly identity: Identity;
}
