import { readFileSync, readdirSync } from 'node:fs';
import preact from '@preact/preset-vite';
import { type Plugin, defineConfig } from 'vite';

/** The licences of everything that is bundled, beside it: most of them ask for that. */
const licences = (): Plugin => ({
  name: 'licences',
  generateBundle() {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const names = [...Object.keys(dependencies), '@dnd-kit/state', '@preact/signals-core', 'tslib'].sort();
    const texts = names.map((name) => {
      const file = readdirSync(`node_modules/${name}`).find((entry) => /^licen[sc]e/i.test(entry));
      return `${name}\n\n${file ? readFileSync(`node_modules/${name}/${file}`, 'utf8').trim() : 'no licence text'}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'assets/licences.txt', source: texts.join(`\n${'-'.repeat(78)}\n\n`) });
  },
});

// Names without hashes: the files are committed and embedded, and the server answers with ETags.
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), licences()],
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/board.js',
        assetFileNames: (asset) => ((asset.names?.[0] ?? asset.name)?.endsWith('.css') ? 'assets/board.css' : 'assets/[name][extname]'),
        inlineDynamicImports: true,
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8712' } },
});
