import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

// Names without hashes: the files are committed and embedded, and the server answers with ETags.
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/board.js',
        assetFileNames: 'assets/board[extname]',
        inlineDynamicImports: true,
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8712' } },
});
