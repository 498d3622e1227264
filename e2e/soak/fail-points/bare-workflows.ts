import type { RunnableWorkflow, RunnableWorkflows } from '../../../apps/server/src/features/workflows/index.ts'
import { AppError } from '../../../packages/contracts/src/index.ts'
import type { AppsTable } from '../../../packages/db/src/index.ts'
import { compile } from '../../../packages/engine/src/index.ts'
import { findNodeType } from '../../../packages/nodes/src/index.ts'
import { failPointGraphs } from './graphs.ts'

/** Runs of workflows ask no more of their app. */
export const theApp = { id: idOf(0), tenant_id: idOf(0) } as AppsTable

export interface BareWorkflows {
  readonly workflows: RunnableWorkflows
  find(name: string): RunnableWorkflow
}

/** The graphs as versions that were published and never change. */
export function createBareWorkflows(effectUrl: string): BareWorkflows {
  const versions = new Map(
    failPointGraphs(effectUrl).map(({ name, graph }, index): [string, RunnableWorkflow] => {
      const plan = compile(graph, { find: findNodeType })
      const workflow = {
        id: idOf(index + 1),
        version: 'published',
        graph,
        features: {},
        environmentVariables: [],
        conversationVariables: [],
      }
      return [name, { ...workflow, plan: () => plan }]
    }),
  )
  const get = (workflow: RunnableWorkflow | undefined): RunnableWorkflow => {
    if (!workflow) throw new AppError('not_found')
    return workflow
  }
  return {
    find: (name) => get(versions.get(name)),
    workflows: {
      getDraft: async () => get(undefined),
      getPublished: async () => get(undefined),
      getVersion: async (_, id) => get([...versions.values()].find((workflow) => workflow.id === id)),
    },
  }
}

function idOf(index: number): string {
  return `01980000-0000-7000-8000-${String(index).padStart(12, '0')}`
}
