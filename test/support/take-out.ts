import type { Template } from "./roomcast.ts";

/** Takes a resource out of a template, and no other waits for it any more. */
export const takeOut = ({ Resources }: Template, id: string): void => {
  delete Resources[id];
  for (const resource of Object.values(Resources))
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((each) => each !== id);
};
