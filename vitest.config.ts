import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/synthesized.ts",
    exclude: ["test/conformance/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a test polls for comes late on a busy machine; its default is a second.
    expect: { poll: { timeout: 10_000 } },
  },
});
