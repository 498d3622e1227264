import type { Fake, OracleObject } from './case.ts'

/** An app file of Dify's own tests, what it is run with and what comes out. The files are Dify's and not here: TRELLIS_ORACLE_APPS names their folder. */
export interface GivenCase {
  readonly file: string
  readonly inputs?: OracleObject
  readonly query?: string
  readonly fakes?: { readonly [nodeId: string]: Fake }
  readonly outputs: OracleObject
  /** What readers of the stream see, joined. */
  readonly streamed: string
  readonly chunks?: number
}

const says = (...chunks: readonly string[]): Fake => ({ replies: [{ chunks }] })
const words = (text: string): Fake => says(...text.split(/(?= )/))

export const GIVEN_CASES: readonly GivenCase[] = [
  {
    file: 'answer_end_with_text.yml',
    query: 'Hello, AI!',
    outputs: { answer: 'prefixHello, AI!suffix', files: [] },
    streamed: 'prefixHello, AI!suffix',
    chunks: 3,
  },
  {
    file: 'array_iteration_formatting_workflow.yml',
    outputs: { output: ['output: 1', 'output: 2', 'output: 3'] },
    streamed: '- output: 1\n- output: 2\n- output: 3',
    chunks: 1,
  },
  {
    file: 'basic_chatflow.yml',
    query: 'hi',
    fakes: { llm: words('mocked llm response') },
    outputs: { answer: 'mocked llm response', files: [] },
    streamed: 'mocked llm response',
  },
  {
    file: 'basic_llm_chat_workflow.yml',
    inputs: { query: 'hi' },
    fakes: { llm_node: words('This is a test response from mocked LLM') },
    outputs: { answer: 'This is a test response from mocked LLM' },
    streamed: 'This is a test response from mocked LLM',
  },
  {
    file: 'chatflow_time_tool_static_output_workflow.yml',
    query: 'hi',
    fakes: { '1754336729904': { replies: [{ messages: [{ type: 'text', text: 'noon' }] }] } },
    outputs: { answer: 'hello, dify!', files: [] },
    streamed: 'hello, dify!',
    chunks: 1,
  },
  {
    file: 'conditional_hello_branching_workflow.yml',
    inputs: { query: 'say hello' },
    outputs: { true: 'say hello' },
    streamed: 'say hello',
    chunks: 1,
  },
  {
    file: 'conditional_hello_branching_workflow.yml',
    inputs: { query: 'goodbye' },
    outputs: { false: 'goodbye' },
    streamed: 'goodbye',
    chunks: 1,
  },
  {
    file: 'conditional_parallel_code_execution_workflow.yml',
    inputs: { switch: 1 },
    outputs: { 1: 'Code 1', 2: 'Code 2', 3: null },
    streamed: 'Code 1\nCode 2\n',
  },
  {
    file: 'conditional_parallel_code_execution_workflow.yml',
    inputs: { switch: 0 },
    outputs: { 1: null, 2: 'Code 2', 3: 'Code 3' },
    streamed: '\nCode 2\nCode 3',
  },
  {
    file: 'conditional_streaming_vs_template_workflow.yml',
    inputs: { query: 'Hello, how are you?', blocking: 1 },
    fakes: { '1754239044238': words('I am fine'), '17542969329740': words('not asked') },
    outputs: { query: 'Hello, how are you?', text: 'I am fine' },
    streamed: 'Hello, how are you?\nI am fine',
    chunks: 3,
  },
  {
    file: 'conditional_streaming_vs_template_workflow.yml',
    inputs: { query: 'Hello, how are you?', blocking: 2 },
    fakes: { '1754239044238': words('not asked'), '17542969329740': words('I am fine') },
    outputs: { query: 'Hello, how are you?', text: 'I am fine' },
    streamed: 'Hello, how are you?\nI am fine',
  },
  ...[0, 1].flatMap((switch1) =>
    [0, 1].map((switch2) => {
      const [group1, group2] = [`switch 1 ${switch1 ? 'on' : 'off'}`, `switch 2 ${switch2 ? 'on' : 'off'}`]
      return {
        file: 'dual_switch_variable_aggregator_workflow.yml',
        inputs: { switch1, switch2 },
        outputs: { group1, group2 },
        streamed: `${group1}\n${group2}`,
        chunks: 3,
      }
    }),
  ),
  {
    file: 'end_node_without_value_type_field_workflow.yml',
    inputs: { query: 'echo' },
    outputs: { query: 'echo' },
    streamed: 'echo',
    chunks: 1,
  },
  {
    file: 'http_request_with_json_tool_workflow.yml',
    inputs: { url: 'https://api.example.com' },
    fakes: {
      http_node: { replies: [{ status: 200, body: '{"key": "value", "number": 42}' }] },
      tool_node: { replies: [{ messages: [{ type: 'variable', name: 'result', value: { key: 'value', number: 42 } }] }] },
    },
    outputs: { status_code: 200, parsed_data: { key: 'value', number: 42 } },
    // A tool closes the stream of each of its variables, and what never streamed closes empty.
    streamed: '200\n',
  },
  {
    file: 'increment_loop_with_break_condition_workflow.yml',
    outputs: { num: 5 },
    streamed: '5',
  },
  {
    file: 'iteration_flatten_output_disabled_workflow.yml',
    outputs: {
      output: [
        [1, 2],
        [2, 4],
        [3, 6],
      ],
    },
    streamed: '- [1, 2]\n- [2, 4]\n- [3, 6]',
  },
  {
    file: 'iteration_flatten_output_enabled_workflow.yml',
    outputs: { output: [1, 2, 2, 4, 3, 6] },
    streamed: '- 1\n- 2\n- 2\n- 4\n- 3\n- 6',
  },
  // graphon alone streams nothing from inside containers; its host may, and ours does.
  { file: 'loop_contains_answer.yml', query: 'hi', outputs: { answer: '1\n2\nhi + 2', files: [] }, streamed: 'hi + 2' },
  { file: 'loop_contains_answer.yml', query: '1', outputs: { answer: '1\n2\n1 + 2', files: [] }, streamed: '1 + 2' },
  {
    file: 'multilingual_parallel_llm_streaming_workflow.yml',
    query: 'hi',
    fakes: {
      '1754339718571': says('Hello', ', ', 'I am ', 'an AI ', 'assistant', '.'),
      '1754339725656': says('你好', '，', '我是', 'AI助手', '。'),
    },
    outputs: { answer: '你好，我是AI助手。Hello, I am an AI assistant.', files: [] },
    streamed: '你好，我是AI助手。Hello, I am an AI assistant.',
  },
  {
    file: 'search_dify_from_2023_to_2025.yml',
    query: 'hi',
    fakes: {
      '1754979561786': { parameters: ['query'], replies: [{ messages: [{ type: 'text', text: 'mocked search result' }] }] },
    },
    outputs: { answer: '- mocked search result\n- mocked search result', files: [] },
    streamed: '- mocked search result\n- mocked search result',
    chunks: 1,
  },
  { file: 'simple_passthrough_workflow.yml', inputs: { query: 'echo' }, outputs: { query: 'echo' }, streamed: 'echo', chunks: 1 },
  {
    file: 'test-answer-order.yml',
    // Not the empty query of Dify's test, which fakes the whole node: no message of the prompt would have a text.
    query: 'hi',
    fakes: { '1759052580454': words('mocked llm text') },
    outputs: { answer: '--- answer 1 ---\n\nfoo\n--- answer 2 ---\n\nmocked llm text\n', files: [] },
    streamed: '--- answer 1 ---\n\nfoo\n--- answer 2 ---\n\nmocked llm text\n',
  },
  {
    file: 'test_complex_branch.yml',
    query: 'hello world',
    fakes: { '1755502777322': says('X') },
    outputs: { answer: "contains 'hello'X", files: [] },
    streamed: "Xcontains 'hello'",
  },
  {
    file: 'test_complex_branch.yml',
    query: 'goodbye world',
    fakes: { '1755502777322': says('X') },
    outputs: { answer: 'X', files: [] },
    streamed: 'X',
  },
  {
    file: 'test_streaming_conversation_variables.yml',
    query: 'a question',
    outputs: { answer: 'a question', files: [] },
    streamed: 'a question',
    chunks: 1,
  },
  {
    file: 'test_streaming_conversation_variables_v1_overwrite.yml',
    query: 'a question',
    outputs: { answer: 'Current Value Of `conv_var` is:a question', files: [] },
    streamed: 'Current Value Of `conv_var` is:a question',
    chunks: 2,
  },
  {
    file: 'update-conversation-variable-in-iteration.yml',
    query: 'a question',
    outputs: { answer: 'a question', files: [] },
    streamed: 'a question',
    chunks: 1,
  },
]
