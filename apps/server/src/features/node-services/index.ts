export { createNodeFiles } from './files.service.ts'
export { createNodeMemory } from './memory.service.ts'
export { createNodeModels } from './models.service.ts'
