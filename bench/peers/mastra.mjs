// Mastra: its watcher tells the start and the result of every step. No storage: nothing is kept.
import { createStep, createWorkflow } from '@mastra/core/workflows'
import { z } from 'zod'

const number = z.object({ n: z.number() })
const places = (count) => Array.from({ length: count }, (_, place) => place)
const stepOf = (id, execute, inputSchema = number, outputSchema = number) => createStep({ id, inputSchema, outputSchema, execute })
const adding = (id, by) => stepOf(id, async ({ inputData }) => ({ n: inputData.n + by }))
const workflow = () => createWorkflow({ id: 'bench', inputSchema: number, outputSchema: number })

const workflows = {
  W1: () => places(10).reduce((flow, place) => flow.then(adding(`add${place}`, 1)), workflow()),
  W2() {
    const steps = places(10).map((place) => adding(`add${place}`, place))
    const sum = async ({ inputData }) => ({ n: Object.values(inputData).reduce((total, { n }) => total + n, 0) })
    return workflow()
      .parallel(steps)
      .then(stepOf('sum', sum, z.record(z.string(), number)))
  },
  W3() {
    const items = stepOf('count', async () => places(100).map((place) => ({ n: place + 1 })), number, z.array(number))
    const double = stepOf('double', async ({ inputData: { n } }) => ({ n: n + n }))
    const total = async ({ inputData }) => ({ n: inputData.reduce((sum, { n }) => sum + n, 0) })
    return workflow()
      .then(items)
      .foreach(double, { concurrency: 1 })
      .then(stepOf('total', total, z.array(number)))
  },
  W4() {
    // A branch answers with the result of the step that it took, by name; a step must take it out for the next.
    const taken = z.record(z.string(), number.optional())
    return places(10).reduce((flow, place) => {
      const one = stepOf(`one${place}`, async ({ inputData }) => ({ n: inputData.n + 1 }))
      const two = stepOf(`two${place}`, async ({ inputData }) => ({ n: inputData.n + 2 }))
      const isMet = async ({ getInitData }) => getInitData().n === place
      const isNotMet = async ({ getInitData }) => getInitData().n !== place
      const join = stepOf(`join${place}`, async ({ inputData }) => Object.values(inputData).find(Boolean), taken)
      return flow
        .branch([
          [isMet, one],
          [isNotMet, two],
        ])
        .then(join)
    }, workflow())
  },
}

export function prepare(workload) {
  const flow = workflows[workload]().commit()
  let events = 0
  const watcher = () => {
    events += 1
  }
  return {
    async run() {
      const run = await flow.createRun()
      const unwatch = run.watch(watcher)
      const { status, result, error } = await run.start({ inputData: { n: 0 } })
      unwatch()
      if (status !== 'success') throw error ?? new Error(`the run is ${status}`)
      return result.n
    },
    events: () => events,
  }
}
