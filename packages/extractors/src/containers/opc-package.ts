import { brokenFile } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { elementsOf, findAttribute, parseXml, type XmlElement } from './xml.ts'
import { openZip, type ZipArchive } from './zip.ts'

/** What Office writes since 2007: parts in a zip, and beside each part a list of those that it refers to. */
export interface OpcPackage {
  readonly archive: ZipArchive
  /** Name of the part that the package is about. */
  readonly mainPart: string
  /** @throws ExtractionError where it is missing */
  readXml(part: string): XmlElement
  relationsOf(part: string): readonly OpcRelation[]
}

export interface OpcRelation {
  readonly id: string
  /** The end of its type's address: `slide`, `notesSlide`, `sharedStrings`. */
  readonly type: string
  /** Name of a part. */
  readonly target: string
}

export function openOpcPackage(bytes: Uint8Array, limits: ExtractionLimits): OpcPackage {
  const archive = openZip(bytes, limits)
  const readXml = (part: string): XmlElement => {
    const content = archive.read(part)
    if (!content) throw brokenFile(`its part ${part} is missing`)
    return parseXml(content, limits)
  }
  const relationsOf = (part: string): OpcRelation[] => {
    const folder = part.slice(0, part.lastIndexOf('/') + 1)
    const list = `${folder}_rels/${part.slice(folder.length)}.rels`
    return archive.has(list) ? readRelations(readXml(list), folder) : []
  }
  const mainPart = relationsOf('').find(({ type }) => type === 'officeDocument')?.target
  if (mainPart === undefined) throw brokenFile('it does not tell where its content is')
  return { archive, mainPart, readXml, relationsOf }
}

function readRelations(root: XmlElement, folder: string): OpcRelation[] {
  return elementsOf(root)
    .filter((relation) => findAttribute(relation, 'TargetMode') !== 'External')
    .map((relation) => ({
      id: findAttribute(relation, 'Id') ?? '',
      type: (findAttribute(relation, 'Type') ?? '').replace(/^.*\//, ''),
      target: resolvePart(folder, findAttribute(relation, 'Target') ?? ''),
    }))
}

/** Names are relative to the folder of the part that refers; nothing leads out of the container. */
export function resolvePart(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  }
  return path.join('/')
}
