export { createExtractor, type ExtractorOptions } from './create-extractor.ts'
export type { ExtractionLimits } from './limits.ts'
