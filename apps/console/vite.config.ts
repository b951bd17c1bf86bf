import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { offeredOperations } from './offered-operations.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Static files for admin-api to serve. Nothing is inlined: the content security policy allows files of our own origin only. */
export default defineConfig({
  root: here('.'),
  plugins: [react(), offeredOperations(here('../admin-api/openapi.json'))],
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
});
