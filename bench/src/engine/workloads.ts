/** What every engine runs. The same numbers come out of all of them, which is checked. */
export interface Workload {
  readonly id: 'W1' | 'W2' | 'W3' | 'W4'
  readonly title: string
  /** Nodes with work of their own that a run executes: starts, ends and joins that an engine adds by itself are not counted. */
  readonly nodes: number
  /** What a run must answer. */
  readonly expected: number
}

const ROW = 10
const BRANCHES = 10
const ITERATIONS = 100
const CONDITIONS = 10

export const workloads: readonly Workload[] = [
  { id: 'W1', title: 'ten nodes in a row', nodes: ROW, expected: ROW },
  { id: 'W2', title: 'ten parallel branches and a join', nodes: BRANCHES + 1, expected: (BRANCHES * (BRANCHES - 1)) / 2 },
  { id: 'W3', title: 'one hundred iterations', nodes: ITERATIONS, expected: ITERATIONS * (ITERATIONS + 1) },
  // The first is met and adds one, the others are not and add two.
  { id: 'W4', title: 'ten conditions, a node behind each', nodes: 2 * CONDITIONS, expected: 2 * CONDITIONS - 1 },
]
