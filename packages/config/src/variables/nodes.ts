import { bigWholeNumber, flag, wholeNumber, withDefault } from '../kinds.ts'

const count = wholeNumber({ minimum: 1 })
const running = ['all', 'api', 'worker'] as const

/** What nodes of workflows may make, and how far a run may go; Dify's names. */
export const nodeVariables = {
  WORKFLOW_MAX_EXECUTION_STEPS: withDefault('500', count, {
    group: 'limits',
    roles: running,
    description: 'Nodes that one run of a workflow may start; each round of a loop counts its own.',
  }),
  WORKFLOW_MAX_EXECUTION_TIME: withDefault('1200', count, {
    group: 'limits',
    roles: running,
    description: 'Longest run of a workflow, in seconds, looked at after each node.',
  }),
  GRAPH_ENGINE_MAX_WORKERS: withDefault('10', count, {
    group: 'limits',
    roles: running,
    description: 'Nodes of one run that may execute at a time; 1 runs them one after the other.',
  }),
  WORKFLOW_CALL_MAX_DEPTH: withDefault('5', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    roles: running,
    description: 'Workflows that may stand one in the other, as tools.',
  }),
  MAX_VARIABLE_SIZE: withDefault('204800', count, {
    group: 'limits',
    description: 'Largest variable of an environment or a conversation that a workflow may declare, in bytes.',
  }),
  DSL_EXPORT_ENCRYPT_DATASET_ID: withDefault('true', flag(), {
    group: 'deployment',
    roles: ['all', 'api'],
    description: 'Whether app files name knowledge so that only its workspace can read it; where off, by its ids.',
  }),
  HUMAN_INPUT_GLOBAL_TIMEOUT_SECONDS: withDefault('604800', count, {
    group: 'limits',
    roles: running,
    description: 'How long a run waits for a form to be filled in, whatever its node says, in seconds. Then it is stopped.',
  }),
  HUMAN_INPUT_TIMEOUT_TASK_INTERVAL: withDefault('1', count, {
    group: 'limits',
    roles: ['all', 'beat'],
    description: 'How often forms whose time is over are looked for, in minutes.',
  }),
  CODE_MAX_STRING_LENGTH: withDefault('400000', count, {
    group: 'limits',
    roles: running,
    description: 'Longest text that code may return, in characters.',
  }),
  CODE_MAX_STRING_ARRAY_LENGTH: withDefault('30', count, {
    group: 'limits',
    roles: running,
    description: 'Longest list of texts that code may return.',
  }),
  CODE_MAX_OBJECT_ARRAY_LENGTH: withDefault('30', count, {
    group: 'limits',
    roles: running,
    description: 'Longest list of objects that code may return.',
  }),
  CODE_MAX_NUMBER_ARRAY_LENGTH: withDefault('1000', count, {
    group: 'limits',
    roles: running,
    description: 'Longest list of numbers that code may return.',
  }),
  CODE_MAX_DEPTH: withDefault('5', count, {
    group: 'limits',
    roles: running,
    description: 'How deep what code returns may be nested.',
  }),
  CODE_MAX_PRECISION: withDefault('20', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    roles: running,
    description: 'Decimals of a number that code returns.',
  }),
  CODE_MIN_NUMBER: withDefault('-9223372036854775807', bigWholeNumber(), {
    group: 'limits',
    roles: running,
    description: 'Least number that code may return.',
  }),
  CODE_MAX_NUMBER: withDefault('9223372036854775807', bigWholeNumber(), {
    group: 'limits',
    roles: running,
    description: 'Greatest number that code may return.',
  }),
  TEMPLATE_TRANSFORM_MAX_LENGTH: withDefault('400000', count, {
    group: 'limits',
    roles: running,
    description: 'Longest text that a template node may make, in characters.',
  }),
}
