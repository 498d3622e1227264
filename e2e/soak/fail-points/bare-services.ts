import { createEgress } from '../../../packages/kit/src/index.ts'
import { fakeModels } from '../../../packages/nodes/src/testing/fake-models.ts'
import { usualLimits } from '../../../packages/nodes/src/testing/usual-limits.ts'
import type { CodeService, Egress, ModelEvent, NodeServices } from '../../../packages/spec/src/index.ts'

/** What the nodes of the graphs ask for, with a boundary before and after each effect and each piece of text. */
export function createBareServices(pass: () => void): () => NodeServices {
  const egress = createEgress({ modelEndpointAllowPrivate: false, allowedHosts: ['127.0.0.1'] })
  const http: Egress = {
    ...egress,
    async request(wanted) {
      pass()
      const response = await egress.request(wanted)
      pass()
      return response
    },
  }
  const code: CodeService = {
    async call() {
      pass()
      await new Promise((resolve) => setImmediate(resolve))
      pass()
      return { ok: true, resultJson: '{"items": [1, 2, 3]}', mechanism: 'none' }
    },
  }
  const { services } = fakeModels({ says: ['One', ' two', ' three', ' four'] })
  const models: NodeServices['models'] = {
    async resolve(provider, model) {
      const found = await services.models.resolve(provider, model)
      return { ...found, stream: (call, signal) => slowly(found.stream(call, signal), pass) }
    },
  }
  // The graphs have no nodes that ask for anything else.
  const bare = { ...services, models, http, code, limits: usualLimits } as Partial<NodeServices> as NodeServices
  return () => bare
}

async function* slowly(events: AsyncIterable<ModelEvent>, pass: () => void): AsyncGenerator<ModelEvent> {
  for await (const event of events) {
    pass()
    await new Promise((resolve) => setTimeout(resolve, 2))
    yield event
  }
}
