import { renderConfigurationDocs, renderEnvExample } from '../../packages/config/src/index.ts'
import { renderCoverage } from '../../packages/models/src/conformance/render-coverage.ts'
import type { Generator } from './generator.ts'

/** All generated files. A new one is a line here. */
export const generators: readonly Generator[] = [
  { output: '.env.example', generate: renderEnvExample },
  { output: 'docs/configuration.md', generate: renderConfigurationDocs },
  { output: 'docs/providers.md', generate: renderCoverage },
]
