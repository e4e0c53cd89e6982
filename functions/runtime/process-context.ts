/**
 * What the X-Ray SDK keeps its current segment in, in place of `cls-hooked`; `infra/bundles.ts` sees to it. That library
 * tells apart what runs at the same time by hooks on every promise of the process, and they took two fifths of a post's
 * CPU. In Lambda the SDK enters one context as it is loaded and never another (its `env/aws_lambda.js`), since an
 * environment runs one invocation at a time: one object does. Only `captureAsyncFunc` and the capture of HTTP requests
 * enter more, by `run`, which is not here; nothing of ours calls them.
 */
type Context = Record<string, unknown>;

interface Namespace {
  createContext(): Context;
  enter(context: Context): void;
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
}

const namespaces = new Map<string, Namespace>();

export const getNamespace = (name: string): Namespace | undefined => namespaces.get(name);

export const createNamespace = (name: string): Namespace => {
  let active: Context = {};
  const namespace: Namespace = {
    createContext: () => ({ ...active }),
    enter: (context) => {
      active = context;
    },
    get: (key) => active[key],
    set: (key, value) => {
      active[key] = value;
      return value;
    },
  };
  namespaces.set(name, namespace);
  return namespace;
};
