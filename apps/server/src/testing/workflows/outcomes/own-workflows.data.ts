import type { ExpectedRun, Outcome } from './outcome.ts'

/** The runs of files that differ in nothing but how their rounds are run. */
const lines: ExpectedRun = {
  outputs: { lines: ['number 4', 'number 5', 'number 6'] },
  streamed: '- number 4\n- number 5\n- number 6',
  chunks: 1,
}

/** Our own workflows and bare graphs, one for each situation of Dify's tests. */
export const OWN_WORKFLOWS: readonly Outcome[] = [
  {
    row: 2,
    file: '02-iteration-of-templates.yml',
    runs: [
      {
        ...lines,
        frames:
          'pair start, pair numbers, iteration_started each, iteration_next each, pair line, iteration_next each, pair line, iteration_next each, pair line, iteration_completed each, text each, pair end',
      },
    ],
  },
  {
    row: 4,
    file: '04-loose-data.yml',
    runs: [
      {
        inputs: { query: 'hi' },
        says: ['Well', ', ', 'hello'],
        outputs: { said: 'Well, hello' },
        streamed: 'Well, hello',
        frames: 'pair start, start think, text think, text think, text think, end think, pair end',
        chunks: 3,
      },
      {
        inputs: { query: 'hi' },
        fault: 'context-length',
        status: 'failed',
        exceptions: 1,
        outputs: {},
        streamed: '',
        frames: 'pair start, start think, end think: failed',
      },
    ],
  },
  {
    row: 5,
    file: '05-bare-graph.yml',
    runs: [
      {
        inputs: { text: '真实 native' },
        outputs: { out: '真实 native' },
        streamed: '真实 native',
        frames: 'text start, pair start, pair end',
      },
    ],
  },
  {
    row: 6,
    file: '06-bare-http.yml',
    runs: [
      {
        inputs: { base: '{web}', path: 'made' },
        outputs: { status: 201, text: '你好 🌍' },
        streamed: '201\n你好 🌍',
        frames: 'pair start, start ask, text ask, text end, text ask, end ask, pair end',
      },
      {
        inputs: { base: '{web}', path: 'data' },
        outputs: { status: 200, text: '{"key": "value", "number": 42}' },
        streamed: '200\n{"key": "value", "number": 42}',
        frames: 'pair start, start ask, text ask, text end, text ask, end ask, pair end',
      },
      {
        inputs: { base: '{web}', path: 'gone' },
        status: 'failed',
        exceptions: 1,
        outputs: {},
        streamed: '',
        frames: 'pair start, start ask, end ask: failed',
      },
    ],
  },
  {
    row: 7,
    file: '07-bare-http-defaults.yml',
    runs: [
      {
        inputs: { base: '{web}', path: 'gone' },
        status: 'partial-succeeded',
        exceptions: 1,
        outputs: { status: 599, text: 'nothing came' },
        streamed: '599\nnothing came',
        frames: 'pair start, start ask, text ask, text end, text ask, end ask: exception, pair end',
      },
    ],
  },
  {
    row: 8,
    file: '08-bare-template.yml',
    runs: [
      {
        inputs: { name: 'Ada' },
        outputs: { out: 'Good day, Ada.' },
        streamed: 'Good day, Ada.',
        frames: 'pair start, start greet, text greet, end greet, pair end',
      },
    ],
  },
  {
    row: 9,
    file: '09-bare-code.yml',
    runs: [{ inputs: { n: 41 }, outputs: { out: 42 }, streamed: '42', frames: 'pair start, start add, text add, end add, pair end' }],
  },
  {
    row: 11,
    file: '11-two-ends.yml',
    runs: [
      {
        inputs: { query: 'tea, please' },
        outputs: { yes: 'tea, please' },
        streamed: 'tea, please',
        frames: 'pair start, start check, text start, end check, pair polite',
        chunks: 1,
      },
      {
        inputs: { query: 'tea!' },
        outputs: { no: 'tea!' },
        streamed: 'tea!',
        frames: 'pair start, start check, text start, end check, pair blunt',
        chunks: 1,
      },
    ],
  },
  {
    row: 12,
    file: '12-shared-branch.yml',
    runs: [
      {
        inputs: { side: 1 },
        outputs: { 1: 'west', 2: 'middle', 3: null },
        streamed: 'west\nmiddle\n',
        frames: 'pair start, pair check, start left, text left, text end, end left, start both, text both, text end, end both, pair end',
        chunks: 4,
      },
      {
        inputs: { side: 0 },
        outputs: { 1: null, 2: 'middle', 3: 'east' },
        streamed: '\nmiddle\neast',
        frames:
          'pair start, start check, text end, end check, start both, text both, text end, end both, start right, text right, end right, pair end',
        chunks: 4,
      },
    ],
  },
  {
    row: 13,
    file: '13-stream-or-whole.yml',
    runs: [
      {
        inputs: { query: 'How are you?', whole: 1 },
        says: ['Quite', ' well'],
        outputs: { query: 'How are you?', text: 'Quite well' },
        streamed: 'How are you?\nQuite well',
        frames: 'pair start, start check, text start, text end, end check, pair first, start copy, text copy, end copy, pair end',
        chunks: 3,
      },
      {
        inputs: { query: 'How are you?', whole: 2 },
        says: ['Quite', ' well'],
        outputs: { query: 'How are you?', text: 'Quite well' },
        streamed: 'How are you?\nQuite well',
        frames:
          'pair start, start check, text start, text other, end check, start second, text second, text second, end second, pair other',
        chunks: 4,
      },
    ],
  },
  {
    row: 14,
    file: '14-two-switches.yml',
    runs: [0, 1].flatMap((upper) =>
      [0, 1].map((lower): ExpectedRun => {
        const [one, two] = [`upper ${upper ? 'light' : 'dark'}`, `lower ${lower ? 'light' : 'dark'}`]
        return {
          inputs: { upper, lower },
          outputs: { one, two },
          streamed: `${one}\n${two}`,
          frames: `pair start, pair ifu, pair ifl, pair u${upper}, pair l${lower}, start gather, text gather, text end, text gather, end gather, pair end`,
          chunks: 3,
        }
      }),
    ),
  },
  {
    row: 15,
    file: '15-end-without-type.yml',
    runs: [
      { inputs: { query: 'echo' }, outputs: { query: 'echo' }, streamed: 'echo', frames: 'text start, pair start, pair end', chunks: 1 },
    ],
  },
  {
    row: 16,
    file: '16-http-and-tool.yml',
    runs: [
      {
        inputs: { url: '{web}/data' },
        outputs: { code: 200, data: { key: 'value', number: 42 } },
        // A tool closes the streams of its variables, also of those that never streamed.
        streamed: '200\n',
        frames: 'pair start, start ask, text ask, text end, end ask, pair read, pair end',
        chunks: 2,
      },
    ],
  },
  {
    row: 17,
    file: '17-loop-until.yml',
    runs: [
      {
        outputs: { count: 7 },
        streamed: '7',
        frames:
          'pair start, loop_started again, pair add, loop_next again, pair add, loop_next again, pair add, loop_next again, pair add, loop_completed again, text again, pair end',
        chunks: 1,
      },
    ],
  },
  {
    row: 19,
    file: '19-iteration-not-flattened.yml',
    runs: [
      {
        outputs: {
          pairs: [
            [4, 40],
            [5, 50],
            [6, 60],
          ],
        },
        streamed: '- [4, 40]\n- [5, 50]\n- [6, 60]',
        frames:
          'pair start, pair numbers, iteration_started each, iteration_next each, pair pair, iteration_next each, pair pair, iteration_next each, pair pair, iteration_completed each, text each, pair end',
        chunks: 1,
      },
    ],
  },
  {
    row: 20,
    file: '20-iteration-flattened.yml',
    runs: [
      {
        outputs: { pairs: [4, 40, 5, 50, 6, 60] },
        streamed: '- 4\n- 40\n- 5\n- 50\n- 6\n- 60',
        frames:
          'pair start, pair numbers, iteration_started each, iteration_next each, pair pair, iteration_next each, pair pair, iteration_next each, pair pair, iteration_completed each, text each, pair end',
        chunks: 1,
      },
    ],
  },
  {
    row: 21,
    file: '21-knowledge-of-spaces.yml',
    refused: { at: 'publish', reason: /"Look up" has the type "knowledge-retrieval-v2"/ },
    runs: [],
  },
  { row: 24, file: '24-not-an-app.yml', refused: { at: 'import', reason: /app/ }, runs: [] },
  {
    row: 26,
    file: '26-parallel-iteration.yml',
    runs: [
      {
        ...lines,
        frames:
          'pair start, pair numbers, iteration_started each, iteration_next each, iteration_next each, iteration_next each, pair line, pair line, pair line, iteration_completed each, text each, pair end',
      },
    ],
  },
  {
    row: 29,
    file: '29-pass-through.yml',
    runs: [
      { inputs: { query: 'echo' }, outputs: { query: 'echo' }, streamed: 'echo', frames: 'text start, pair start, pair end', chunks: 1 },
    ],
  },
]
