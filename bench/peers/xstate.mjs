// XState: a node is a state that invokes a promise; an inspector is told of every event and snapshot.
import { assign, createActor, fromPromise, setup, toPromise } from 'xstate'

const kit = setup({
  actors: { add: fromPromise(async ({ input }) => input.n + input.by) },
  actions: { keep: assign({ n: ({ event }) => event.output }) },
})

const adding = (by, target) => ({
  invoke: { src: 'add', input: ({ context }) => ({ n: context.n, by }), onDone: { target, actions: 'keep' } },
})
const places = (count) => Array.from({ length: count }, (_, place) => place)
const machineOf = (states, initial, context = { n: 0 }) =>
  kit.createMachine({ context, initial, states: { ...states, end: { type: 'final' } }, output: ({ context }) => context.n })

const machines = {
  W1: () =>
    machineOf(Object.fromEntries(places(10).map((place) => [`add${place}`, adding(1, place === 9 ? 'end' : `add${place + 1}`)])), 'add0'),
  W2() {
    const branch = (place) => ({
      initial: 'work',
      states: {
        work: {
          invoke: {
            src: 'add',
            input: { n: 0, by: place },
            onDone: { target: 'done', actions: assign({ n: ({ context, event }) => context.n + event.output }) },
          },
        },
        done: { type: 'final' },
      },
    })
    const states = Object.fromEntries(places(10).map((place) => [`branch${place}`, branch(place)]))
    return machineOf({ all: { type: 'parallel', states, onDone: 'sum' }, sum: adding(0, 'end') }, 'all')
  },
  W3() {
    const each = {
      invoke: {
        src: 'add',
        input: ({ context }) => ({ n: context.item, by: context.item }),
        onDone: {
          target: 'next',
          actions: assign({ n: ({ context, event }) => context.n + event.output, item: ({ context }) => context.item + 1 }),
        },
      },
    }
    const next = { always: [{ guard: ({ context }) => context.item > 100, target: 'end' }, { target: 'each' }] }
    return machineOf({ each, next }, 'each', { n: 0, item: 1 })
  },
  W4() {
    const states = places(10).flatMap((place) => {
      const next = place === 9 ? 'end' : `if${place + 1}`
      return [
        [`if${place}`, { always: [{ guard: ({ context }) => context.input === place, target: `one${place}` }, { target: `two${place}` }] }],
        [`one${place}`, adding(1, next)],
        [`two${place}`, adding(2, next)],
      ]
    })
    return machineOf(Object.fromEntries(states), 'if0', { n: 0, input: 0 })
  },
}

export function prepare(workload) {
  const machine = machines[workload]()
  let events = 0
  const inspect = () => {
    events += 1
  }
  return {
    run() {
      const actor = createActor(machine, { inspect })
      const answer = toPromise(actor)
      actor.start()
      return answer
    },
    events: () => events,
  }
}
