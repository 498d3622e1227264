import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineConfig } from 'rolldown'

/** Workspace code goes into the bundle; what npm installed stays where it is (native binaries, files found beside the code). */
const isInstalled = (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(id) && !id.startsWith('@trellis/')

/** A file that is read beside its module becomes text in the bundle, which then needs nothing beside it. */
const readBeside = /readFileSync\(new URL\('([^']+)', import\.meta\.url\), 'utf8'\)/g
const inlineText = {
  name: 'inline-text',
  transform: (code, id) =>
    code.includes('readFileSync(new URL(')
      ? code.replace(readBeside, (_, path) => JSON.stringify(readFileSync(join(dirname(id), path), 'utf8')))
      : undefined,
}

/** A script that code names as `new URL('./x.worker.ts', import.meta.url)` becomes an entry of its own, and the name its address. */
const workerScripts = {
  name: 'worker-scripts',
  transform: {
    filter: { code: '.worker.ts' },
    handler(code, id) {
      return code.replace(/new URL\(\s*['"](\.[^'"]+\.worker\.ts)['"],\s*import\.meta\.url\s*\)/g, (_, script) => {
        const reference = this.emitFile({ type: 'chunk', id: join(dirname(id), script) })
        return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`
      })
    },
  },
}

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  external: isInstalled,
  plugins: [inlineText, workerScripts],
  output: {
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  },
})
