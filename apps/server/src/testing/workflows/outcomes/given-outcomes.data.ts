import type { ExpectedRun, Outcome } from './outcome.ts'
import { OWN_CHATFLOWS } from './own-chatflows.data.ts'
import { OWN_WORKFLOWS } from './own-workflows.data.ts'

/** What differs from our own file of the row: words, and ids of nodes. */
interface Given {
  readonly row: number
  readonly file: string
  readonly names?: Readonly<Record<string, string>>
  readonly runs: readonly ExpectedRun[]
}

const GIVEN: readonly Given[] = [
  {
    row: 1,
    file: 'answer_end_with_text.yml',
    names: { '1755077165531': 'start', answer: 'reply' },
    runs: [
      {
        query: 'Hello, AI!',
        outputs: { answer: 'prefixHello, AI!suffix', files: [] },
        streamed: 'prefixHello, AI!suffix',
        chunks: 3,
      },
    ],
  },
  {
    row: 2,
    file: 'array_iteration_formatting_workflow.yml',
    names: {
      '1754683427386': 'start',
      '1754683442688': 'numbers',
      '1754683430480': 'each',
      '1754683458843': 'line',
      '1754683480778': 'end',
    },
    runs: [
      {
        outputs: { output: ['output: 1', 'output: 2', 'output: 3'] },
        streamed: '- output: 1\n- output: 2\n- output: 3',
        chunks: 1,
      },
    ],
  },
  {
    row: 3,
    file: 'basic_chatflow.yml',
    names: { '1755189262236': 'start', llm: 'think', answer: 'reply' },
    runs: [
      {
        query: 'hi',
        says: ['mocked', ' llm', ' response'],
        outputs: { answer: 'mocked llm response', files: [] },
        streamed: 'mocked llm response',
        chunks: 3,
      },
    ],
  },
  {
    row: 4,
    file: 'basic_llm_chat_workflow.yml',
    names: { start_node: 'start', llm_node: 'think', end_node: 'end' },
    runs: [
      {
        inputs: { query: 'hi' },
        says: ['This is a test', ' response from', ' mocked LLM'],
        outputs: { answer: 'This is a test response from mocked LLM' },
        streamed: 'This is a test response from mocked LLM',
        chunks: 3,
      },
      { inputs: { query: 'hi' }, fault: 'context-length', status: 'failed', exceptions: 1, outputs: {}, streamed: '' },
    ],
  },
  {
    row: 10,
    file: 'chatflow_time_tool_static_output_workflow.yml',
    names: { '1754336720803': 'start', '1754336729904': 'clock', '1754336733947': 'text', answer: 'reply' },
    runs: [{ query: 'hi', outputs: { answer: 'hello, dify!', files: [] }, streamed: 'hello, dify!', chunks: 1 }],
  },
  {
    row: 11,
    file: 'conditional_hello_branching_workflow.yml',
    names: { '1754154032319': 'start', '1754217359748': 'check', '1754154034161': 'polite', '1754217363584': 'blunt' },
    runs: [
      { inputs: { query: 'say hello' }, outputs: { true: 'say hello' }, streamed: 'say hello', chunks: 1 },
      { inputs: { query: 'goodbye' }, outputs: { false: 'goodbye' }, streamed: 'goodbye', chunks: 1 },
    ],
  },
  {
    row: 12,
    file: 'conditional_parallel_code_execution_workflow.yml',
    names: {
      '1754230715804': 'start',
      '1754230718377': 'check',
      '1754230738434': 'left',
      '17542307611100': 'both',
      '17542307643480': 'right',
      '1754230796033': 'end',
    },
    runs: [
      { inputs: { switch: 1 }, outputs: { 1: 'Code 1', 2: 'Code 2', 3: null }, streamed: 'Code 1\nCode 2\n', chunks: 4 },
      { inputs: { switch: 0 }, outputs: { 1: null, 2: 'Code 2', 3: 'Code 3' }, streamed: '\nCode 2\nCode 3', chunks: 4 },
    ],
  },
  {
    row: 13,
    file: 'conditional_streaming_vs_template_workflow.yml',
    names: {
      '1754239042599': 'start',
      '1754296900311': 'check',
      '1754239044238': 'first',
      '1754296914925': 'copy',
      '1754239058707': 'end',
      '17542969329740': 'second',
      '1754296943402': 'other',
    },
    runs: [1, 2].map((blocking) => ({
      inputs: { query: 'Hello, how are you?', blocking },
      says: ['I am', ' fine'],
      outputs: { query: 'Hello, how are you?', text: 'I am fine' },
      streamed: 'Hello, how are you?\nI am fine',
      chunks: blocking === 1 ? 3 : 4,
    })),
  },
  {
    row: 14,
    file: 'dual_switch_variable_aggregator_workflow.yml',
    names: {
      '1754405559643': 'start',
      '1754405563693': 'ifu',
      '1754405599173': 'ifl',
      '1754405621378': 'u1',
      '1754405636857': 'u0',
      '1754405668235': 'l1',
      '1754405680809': 'l0',
      '1754405693104': 'gather',
      '1754405725407': 'end',
    },
    runs: [0, 1].flatMap((switch1) =>
      [0, 1].map((switch2): ExpectedRun => {
        const [group1, group2] = [`switch 1 ${switch1 ? 'on' : 'off'}`, `switch 2 ${switch2 ? 'on' : 'off'}`]
        return { inputs: { switch1, switch2 }, outputs: { group1, group2 }, streamed: `${group1}\n${group2}`, chunks: 3 }
      }),
    ),
  },
  {
    row: 15,
    file: 'end_node_without_value_type_field_workflow.yml',
    names: { '1765423445456': 'start', '1765423454810': 'end' },
    runs: [{ inputs: { query: 'echo' }, outputs: { query: 'echo' }, streamed: 'echo', chunks: 1 }],
  },
  {
    row: 16,
    file: 'http_request_with_json_tool_workflow.yml',
    names: { start_node: 'start', http_node: 'ask', tool_node: 'read', end_node: 'end' },
    runs: [
      {
        inputs: { url: '{web}/data' },
        outputs: { status_code: 200, parsed_data: { key: 'value', number: 42 } },
        streamed: '200\n',
        chunks: 2,
      },
    ],
  },
  {
    row: 17,
    file: 'increment_loop_with_break_condition_workflow.yml',
    names: { '1754827922555': 'start', '1754827949615': 'again', '1754827988715': 'add', '1754828005059': 'end' },
    runs: [{ outputs: { num: 5 }, streamed: '5', chunks: 1 }],
  },
  {
    row: 19,
    file: 'iteration_flatten_output_disabled_workflow.yml',
    names: { start_node: 'start', code_node: 'numbers', iteration_node: 'each', code_inner_node: 'pair', end_node: 'end' },
    runs: [
      {
        outputs: {
          output: [
            [1, 2],
            [2, 4],
            [3, 6],
          ],
        },
        streamed: '- [1, 2]\n- [2, 4]\n- [3, 6]',
        chunks: 1,
      },
    ],
  },
  {
    row: 20,
    file: 'iteration_flatten_output_enabled_workflow.yml',
    names: { start_node: 'start', code_node: 'numbers', iteration_node: 'each', code_inner_node: 'pair', end_node: 'end' },
    runs: [{ outputs: { output: [1, 2, 2, 4, 3, 6] }, streamed: '- 1\n- 2\n- 2\n- 4\n- 3\n- 6', chunks: 1 }],
  },
  {
    row: 22,
    file: 'loop_contains_answer.yml',
    names: {
      '1755203854938': 'start',
      '1755203872773': 'again',
      '1755203898151': 'add',
      '1755204039754': 'inner',
      '1755203915300': 'outer',
    },
    runs: ['hi', '1'].map((query) => ({
      query,
      outputs: { answer: `1\n2\n${query} + 2`, files: [] },
      streamed: `1\n2\n${query} + 2`,
      chunks: 7,
    })),
  },
  {
    row: 25,
    file: 'multilingual_parallel_llm_streaming_workflow.yml',
    names: { '1754336720803': 'start', '1754339718571': 'first', '1754339725656': 'second', answer: 'reply' },
    runs: [
      {
        query: 'hi',
        says: { English: ['Hello, ', 'I am an AI ', 'assistant.'], Chinese: ['你好，', '我是', 'AI助手。'] },
        outputs: { answer: '你好，我是AI助手。Hello, I am an AI assistant.', files: [] },
        streamed: '你好，我是AI助手。Hello, I am an AI assistant.',
        chunks: 6,
      },
    ],
  },
  {
    row: 28,
    file: 'search_dify_from_2023_to_2025.yml',
    names: {
      '1754979518055': 'start',
      '1754979524910': 'again',
      '1754979561786': 'search',
      '1754979613854': 'keep',
      '1754979638585': 'reply',
    },
    runs: [{ query: 'hi', outputs: { answer: '- a find\n- a find', files: [] }, streamed: '- a find\n- a find', chunks: 1 }],
  },
  {
    row: 29,
    file: 'simple_passthrough_workflow.yml',
    names: { '1754154032319': 'start', '1754154034161': 'end' },
    runs: [{ inputs: { query: 'echo' }, outputs: { query: 'echo' }, streamed: 'echo', chunks: 1 }],
  },
  {
    row: 30,
    file: 'test-answer-order.yml',
    names: { '1759052439553': 'start', '1759052580454': 'think', '1759052466526': 'one', '1759052469368': 'two' },
    runs: [
      {
        query: 'hi',
        says: ['mocked', ' llm text'],
        outputs: { answer: '--- answer 1 ---\n\nfoo\n--- answer 2 ---\n\nmocked llm text\n', files: [] },
        streamed: '--- answer 1 ---\n\nfoo\n--- answer 2 ---\n\nmocked llm text\n',
        chunks: 5,
      },
    ],
  },
  {
    row: 31,
    file: 'test_complex_branch.yml',
    names: {
      '1754336720803': 'start',
      '1755502773326': 'check',
      '1755502777322': 'think',
      '1755502793218': 'polite',
      '1755502801806': 'said',
    },
    runs: [
      {
        query: 'hello world',
        says: ['X'],
        outputs: { answer: "contains 'hello'X", files: [] },
        streamed: "Xcontains 'hello'",
        chunks: 2,
      },
      { query: 'goodbye world', says: ['X'], outputs: { answer: 'X', files: [] }, streamed: 'X', chunks: 1 },
    ],
  },
  {
    row: 32,
    file: 'test_streaming_conversation_variables.yml',
    names: { '1755316734941': 'start', '1755316749068': 'set', answer: 'reply' },
    runs: [{ query: 'a question', outputs: { answer: 'a question', files: [] }, streamed: 'a question', chunks: 1 }],
  },
  {
    row: 33,
    file: 'test_streaming_conversation_variables_v1_overwrite.yml',
    names: { assigner: 'set', answer: 'reply' },
    runs: [
      {
        query: 'a question',
        outputs: { answer: 'Current Value Of `conv_var` is:a question', files: [] },
        streamed: 'Current Value Of `conv_var` is:a question',
        chunks: 2,
      },
    ],
  },
  {
    row: 34,
    file: 'update-conversation-variable-in-iteration.yml',
    names: {
      '1759032354471': 'start',
      '1759032363865': 'numbers',
      '1759032379989': 'each',
      '1759032394460': 'set',
      '1759032476318': 'nothing',
      '1759032410331': 'reply',
    },
    runs: [{ query: 'a question', outputs: { answer: 'a question', files: [] }, streamed: 'a question', chunks: 1 }],
  },
]

const framesOf = (run: ExpectedRun | undefined): Pick<ExpectedRun, 'frames'> => (run?.frames === undefined ? {} : { frames: run.frames })

/** Files of Dify's tests, which are not ours to keep: what the stream tells is what it tells of our own file of the row. */
export const GIVEN_OUTCOMES: readonly Outcome[] = GIVEN.map((given) => {
  const own = [...OWN_WORKFLOWS, ...OWN_CHATFLOWS].find(({ row }) => row === given.row)
  return { ...given, runs: given.runs.map((run, index) => ({ ...run, ...framesOf(own?.runs[index]) })) }
})
