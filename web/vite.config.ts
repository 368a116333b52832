import { defineConfig } from 'vite';

/** Everything lands in hashed files of this origin; nothing is inlined, because the page's policy forbids it. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    emptyOutDir: true,
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" means something to servers that render React, of which there is none here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', development: false } },
});
