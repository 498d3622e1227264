import { defineConfig } from 'rolldown'

/** Workspace code goes into the bundle; what npm installed stays where it is (native binaries, files found beside the code). */
const isInstalled = (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(id) && !id.startsWith('@trellis/')

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  external: isInstalled,
  output: {
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  },
})
