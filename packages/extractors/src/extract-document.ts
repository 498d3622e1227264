import { type ExtractedDocument, ExtractionError, type ExtractionInput } from '@trellis/spec'
import { assembleDocument } from './assemble-document.ts'
import { chooseFormat } from './choose-format.ts'
import { brokenFile } from './failures.ts'
import type { ExtractionLimits } from './limits.ts'

/** Reads one document on the thread that calls it. What a reader trips over is the document's fault. @throws ExtractionError */
export async function extractDocument(input: ExtractionInput, limits: ExtractionLimits): Promise<ExtractedDocument> {
  try {
    const format = chooseFormat(input, input.bytes, limits)
    const read = await format.load()
    return assembleDocument(format.id, await read(input.bytes, limits), limits)
  } catch (error) {
    if (ExtractionError.is(error)) throw error
    throw brokenFile('it is built in a way that no reader understands', error)
  }
}
