import { build, type Plugin } from 'vite'

/** Dify's names: pages have them written down. */
const names = { 'embed.js': false, 'embed.min.js': true } as const

/** Builds the script for other people's pages from its entry: one file of plain script, under a name that stays. */
export function embedScripts(entry: string): Plugin {
  return {
    name: 'embed-scripts',
    async generateBundle() {
      for (const [fileName, isSmall] of Object.entries(names))
        this.emitFile({ type: 'asset', fileName, source: await bundle(entry, isSmall) })
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const name = request.url?.split('?')[0]?.slice(1) ?? ''
        if (!(name in names)) return next()
        bundle(entry, false).then((code) => response.setHeader('content-type', 'text/javascript').end(code), next)
      })
    },
  }
}

async function bundle(entry: string, isSmall: boolean): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2020', minify: isSmall, lib: { entry, formats: ['iife'], name: 'trellisEmbed' } },
  })
  // Of one format comes one bundle, with one chunk.
  const output = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  const chunk = output.find((part) => part.type === 'chunk')
  if (!chunk) throw new Error(`${entry} made no script`)
  return chunk.code
}
