import type { Dict, List } from '../../../packages/values/src/index.ts'
import { workloads } from './workloads.ts'

type Nodes = Readonly<Record<string, Dict>>
type Edges = readonly (readonly [source: string, target: string, handle?: string])[]

const START = { type: 'start', variables: [{ variable: 'n', type: 'number' }] }
const endOf = (selector: readonly string[]): Dict => ({ type: 'end', outputs: [{ variable: 'n', value_selector: selector }] })
const add = (from: List, by: number): Dict => ({ type: 'bench-add', from, by })
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** The graph of a workload, as a workflow app would have it: with start and end. */
export function trellisGraph(workload: string): Dict {
  const nodes = workloads.find(({ id }) => id === workload)?.nodes ?? 0
  switch (workload) {
    case 'W1':
      return row(nodes)
    case 'W2':
      return branches(nodes - 1)
    case 'W3':
      return iterations(nodes)
    case 'W4':
      return conditions(nodes / 2)
    default:
      throw new Error(`There is no workload ${workload}.`)
  }
}

function row(count: number): Dict {
  const places = numbers(count)
  const nodes = places.map((place) => [`add${place}`, add([place === 0 ? ['start', 'n'] : [`add${place - 1}`, 'n']], 1)] as const)
  const names = ['start', ...nodes.map(([name]) => name), 'end']
  return graphOf(
    { start: START, ...Object.fromEntries(nodes), end: endOf([`add${count - 1}`, 'n']) },
    names.slice(1).map((name, place) => [names[place] ?? '', name]),
  )
}

function branches(count: number): Dict {
  const places = numbers(count)
  return graphOf(
    {
      start: START,
      ...Object.fromEntries(places.map((place) => [`add${place}`, add([['start', 'n']], place)])),
      sum: { type: 'bench-sum', of: places.map((place) => [`add${place}`, 'n']) },
      end: endOf(['sum', 'n']),
    },
    [
      ...places.flatMap(
        (place): Edges => [
          ['start', `add${place}`],
          [`add${place}`, 'sum'],
        ],
      ),
      ['sum', 'end'],
    ],
  )
}

/** Each round adds an item to itself. */
function iterations(count: number): Dict {
  return graphOf(
    {
      start: START,
      count: { type: 'bench-count', to: count },
      each: {
        type: 'iteration',
        iterator_selector: ['count', 'list'],
        output_selector: ['double', 'n'],
        start_node_id: 'begin',
        is_parallel: false,
        error_handle_mode: 'terminated',
      },
      begin: { type: 'iteration-start', iteration_id: 'each' },
      double: {
        type: 'bench-sum',
        iteration_id: 'each',
        of: [
          ['each', 'item'],
          ['each', 'item'],
        ],
      },
      total: { type: 'bench-total', of: ['each', 'output'] },
      end: endOf(['total', 'n']),
    },
    [
      ['start', 'count'],
      ['count', 'each'],
      ['begin', 'double'],
      ['each', 'total'],
      ['total', 'end'],
    ],
  )
}

/** The first condition is met and adds one, the others are not and add two. */
function conditions(count: number): Dict {
  const places = numbers(count)
  const numberBefore = (place: number): List => (place === 0 ? [['start', 'n']] : resultsOf(place - 1))
  const nodes = places.flatMap((place): [string, Dict][] => [
    [`if${place}`, ifElse(['start', 'n'], place)],
    [`one${place}`, add(numberBefore(place), 1)],
    [`two${place}`, add(numberBefore(place), 2)],
  ])
  const edges = places.flatMap((place): Edges => {
    const next = place === count - 1 ? 'end' : `if${place + 1}`
    return [
      [`if${place}`, `one${place}`, 'true'],
      [`if${place}`, `two${place}`, 'false'],
      [`one${place}`, next],
      [`two${place}`, next],
    ]
  })
  return graphOf({ start: START, ...Object.fromEntries(nodes), end: endOf([`two${count - 1}`, 'n']) }, [['start', 'if0'], ...edges])
}

const resultsOf = (place: number): List => [
  [`one${place}`, 'n'],
  [`two${place}`, 'n'],
]

const ifElse = (selector: List, number: number): Dict => ({
  type: 'if-else',
  cases: [
    {
      case_id: 'true',
      logical_operator: 'and',
      conditions: [{ varType: 'number', variable_selector: selector, comparison_operator: '=', value: String(number) }],
    },
  ],
})

const graphOf = (nodes: Nodes, edges: Edges): Dict => ({
  nodes: Object.entries(nodes).map(([id, data]) => ({ id, data })),
  edges: edges.map(([source, target, sourceHandle = 'source']) => ({ source, target, sourceHandle })),
})
