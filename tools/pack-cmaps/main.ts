// Packs Adobe's character maps, as pdf.js carries them, into the one file that the PDF reader loads.
// Usage: node tools/pack-cmaps/main.ts <folder `cmaps` of the npm package pdfjs-dist>
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node tools/pack-cmaps/main.ts <folder "cmaps" of pdfjs-dist>')
  process.exit(2)
}

const EXTENSION = '.bcmap'
const names = readdirSync(folder)
  .filter((name) => name.endsWith(EXTENSION))
  .sort()
const contents = names.map((name) => readFileSync(join(folder, name)))
const directory = Buffer.from(JSON.stringify(names.map((name, index) => [name, contents[index]?.length])))
const head = Buffer.alloc(4)
head.writeUInt32LE(directory.length)
const packed = brotliCompressSync(Buffer.concat([head, directory, ...contents]), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
})
const licence = readFileSync(join(folder, 'LICENSE'), 'utf8')
  .replace(/^%%Copyright: ?/gm, '// ')
  .replace(/[ \t]+$/gm, '')

const target = join(import.meta.dirname, '..', '..', 'packages', 'extractors', 'src', 'pdf', 'cmaps.gen.ts')
writeFileSync(
  target,
  `// Adobe's character maps for Chinese, Japanese and Korean, packed by tools/pack-cmaps. Do not edit.\n//\n${licence}\nexport const packedCharacterMaps =\n  '${packed.toString('base64')}'\n`,
)
console.log(`${names.length} maps, ${packed.length} bytes packed`)
