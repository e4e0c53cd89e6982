import { defineConfig } from "vitest/config";

/** `npm run security`: Roomcast without each of its permissions in turn, written into docs/security.md. */
export default defineConfig({
  test: {
    include: ["test/permissions/write-page.ts"],
    globalSetup: "test/support/synthesized.ts",
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
