import { defineConfig } from "vitest/config";

/** `npm run security`: Roomcast without each of its permissions in turn, written into docs/security.md. */
export default defineConfig({
  test: {
    include: ["test/permissions/write-page.ts"],
    globalSetup: "test/support/synthesized.ts",
    // Most of a run is waiting for what does not happen; more at once make what does happen late.
    maxConcurrency: 3,
    testTimeout: 400_000,
    hookTimeout: 60_000,
  },
});
