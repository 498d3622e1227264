import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { embedScripts } from './src/build/embed-scripts.ts'
import { keepBudgets } from './src/build/keep-budgets.ts'
import { pageBudgets } from './src/build/page-budgets.ts'

/** Where `vite` in development finds the server; the built files are served by the server itself. */
const server = `http://${process.env['DIFY_BIND_ADDRESS'] ?? '127.0.0.1'}:${process.env['PORT'] ?? process.env['DIFY_PORT'] ?? '5001'}`
const proxied = ['/console/api', '/api', '/v1', '/files', '/health', '/ready']

/** Writes `.br` and `.gz` beside what compresses well: the server sends them as they are and spends nothing on it. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // After everything else: earlier hooks still see placeholders in the code.
    async writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!dir || !/\.(js|css|svg)$/.test(fileName)) continue
        const path = join(dir, fileName)
        const source = await readFile(path)
        await writeFile(`${path}.br`, brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
        await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}

/** By gzip: what a browser takes over plain http. `scripts/lib/builds.mjs` judges by the file. */
const budgets = keepBudgets({
  budgets: pageBudgets,
  bytesOf: (code) => gzipSync(code, { level: 9 }).length,
  leaveWord: (folder, excess) => writeFile(join(folder, '.trellis-over-budget'), excess),
})

export default defineConfig({
  // The package's own way for browsers makes markup without a policy, which ours forbids.
  resolve: { alias: { 'decode-named-character-reference': join(import.meta.dirname, 'src/features/chat/character-references.ts') } },
  plugins: [react(), tailwindcss(), embedScripts(join(import.meta.dirname, 'src/embed/main.ts')), precompress(), budgets],
  // Relative: the server places pages below whatever path a proxy gives it.
  base: './',
  build: {
    target: 'es2023',
    // The pages run under `script-src 'self'; style-src 'self'; font-src 'self'`: nothing may be inlined as a data address.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { console: 'index.html', app: 'app.html' } },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])) },
})
