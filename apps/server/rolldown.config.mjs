import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { defineConfig } from 'rolldown'

/**
 * What each start loads and what is plain JavaScript: bundled, with all that it stands on, because a thousand small files cost more to
 * find than to run. The rest of what npm installed stays where it is (native binaries, files found beside the code, what is seldom used).
 */
const bundled = [
  '@cfworker/json-schema',
  '@fastify/cookie',
  '@fastify/multipart',
  '@fastify/static',
  'entities',
  'eventsource-parser',
  'fastify',
  'jose',
  'kysely',
  'mime',
  'prom-client',
  'undici',
  'yaml',
  'zod',
]
/** Of what those stand on: it finds its worker beside itself, and our own code shares it. */
const leftOut = ['pino']

const isOf = (packages, id) => packages.some((name) => id === name || id.startsWith(`${name}/`))
const isPath = (id) => id.startsWith('.') || id.startsWith('/') || /^[A-Za-z]:[\\/]/.test(id)
const isWithinInstalled = (path) => /[\\/]node_modules[\\/]/.test(path)

function isExternal(id, importer) {
  if (isPath(id) || id.startsWith('\0') || id.startsWith('@trellis/')) return false
  if (isBuiltin(id) || isOf(leftOut, id)) return true
  return !isOf(bundled, id) && !(importer && isWithinInstalled(importer))
}

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
  external: isExternal,
  plugins: [inlineText, workerScripts],
  output: {
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  },
})
