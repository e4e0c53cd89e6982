declare module "asl-validator" {
  /** Finds what is wrong with a definition in the States Language, into which it writes each state's query language. */
  export default function validate(definition: object): { readonly errors: readonly object[] };
}
