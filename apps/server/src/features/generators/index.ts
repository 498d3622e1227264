import type { Mount } from '../../http/mount.ts'
import { mountGeneratorRoutes } from './generators.routes.ts'
import { createGeneratorService, type GeneratorDependencies } from './generators.service.ts'

/** Prompts, code and schemas by a model, for whoever builds. */
export const mountGenerators = (mount: Mount, dependencies: GeneratorDependencies): void =>
  mountGeneratorRoutes(mount, createGeneratorService(dependencies))
