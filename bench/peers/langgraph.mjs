// LangGraph: its stream of tasks tells the start and the result of every node. No checkpointer: nothing is kept.
import { Annotation, END, START, StateGraph } from '@langchain/langgraph'

const sum = { reducer: (one, other) => one + other, default: () => 0 }
const State = Annotation.Root({ n: Annotation({ reducer: (_, next) => next, default: () => 0 }), sum: Annotation(sum), item: Annotation() })

const places = (count) => Array.from({ length: count }, (_, place) => place)
const add =
  (by) =>
  async ({ n }) => ({ n: n + by })

const graphs = {
  W1() {
    const graph = new StateGraph(State)
    for (const place of places(10)) graph.addNode(`add${place}`, add(1))
    const names = [START, ...places(10).map((place) => `add${place}`), END]
    for (const [place, name] of names.slice(1).entries()) graph.addEdge(names[place], name)
    return graph
  },
  W2() {
    const graph = new StateGraph(State)
    const names = places(10).map((place) => `add${place}`)
    for (const [place, name] of names.entries()) graph.addNode(name, async () => ({ sum: place })).addEdge(START, name)
    return graph
      .addNode('join', async (state) => ({ n: state.sum }))
      .addEdge(names, 'join')
      .addEdge('join', END)
  },
  W3: () =>
    new StateGraph(State)
      .addNode('each', async ({ n, item = 1 }) => ({ n: n + item + item, item: item + 1 }))
      .addEdge(START, 'each')
      .addConditionalEdges('each', ({ item }) => (item > 100 ? END : 'each'), ['each', END]),
  W4() {
    const graph = new StateGraph(State)
    for (const place of places(10)) {
      const next = place === 9 ? END : `if${place + 1}`
      graph
        .addNode(`if${place}`, async () => ({}))
        .addNode(`one${place}`, add(1))
        .addNode(`two${place}`, add(2))
        .addConditionalEdges(`if${place}`, ({ sum: input }) => (input === place ? `one${place}` : `two${place}`), [
          `one${place}`,
          `two${place}`,
        ])
        .addEdge(`one${place}`, next)
        .addEdge(`two${place}`, next)
    }
    return graph.addEdge(START, 'if0')
  },
}

export function prepare(workload) {
  const graph = graphs[workload]().compile()
  let events = 0
  return {
    async run() {
      let answer
      for await (const [mode, event] of await graph.stream({ n: 0 }, { streamMode: ['tasks', 'values'], recursionLimit: 500 })) {
        if (mode === 'values') answer = event.n
        else events += 1
      }
      return answer
    },
    events: () => events,
  }
}
