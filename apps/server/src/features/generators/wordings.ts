/** How models are asked to write. Ours; what people ask for stands between tags, so that it is not taken for more than that. */

export const tags = { prompt: 'written_prompt', opening: 'written_opening', result: 'written_result', message: 'what_changed' } as const

const between = (tag: string, text: string): string => `<${tag}>\n${text}\n</${tag}>`

export function askForPrompt(instruction: string, { hasVariables }: { readonly hasVariables: boolean }): string {
  return [
    'Write the prompt of an application that is built on a language model. This is what its maker wants:',
    between('wish', instruction),
    'Say who the model is, what it does and for whom, in which steps and tone, what its answers look like, and what it does when it cannot help. Be as short as that allows; leave out what any model does by itself. Write in the language of the wish.',
    hasVariables
      ? 'Where something differs from use to use and is asked for in a form beforehand, put a placeholder such as {{topic}}: letters, digits and underscores, at most 30 characters. What people say in a conversation needs none. Use few.'
      : 'Use no placeholders. Those in double braces that the wish holds stay as they are.',
    `Answer with the prompt between <${tags.prompt}> and </${tags.prompt}>, and nothing else about it.`,
    ...(hasVariables
      ? [
          `After it, between <${tags.opening}> and </${tags.opening}>, write the one or two sentences with which a conversation would begin.`,
        ]
      : []),
  ].join('\n\n')
}

const codeRules = {
  python: 'Python 3, with a function `main` whose parameters are the inputs, and which returns a dict of the outputs',
  javascript:
    'JavaScript, with a function `main` whose one parameter is an object of the inputs, and which returns an object of the outputs',
}

const ruleOf = (language: string): string => (language.startsWith('python') ? codeRules.python : codeRules.javascript)

export function askForCode(instruction: string, language: string): string {
  return [
    'Write a piece of code that runs as one step of a workflow, in a sandbox without network. This is what its maker wants:',
    between('wish', instruction),
    `It is ${ruleOf(language)}. Only the standard library is there. Check the inputs.`,
    'Answer with one fenced block of code and nothing else.',
  ].join('\n\n')
}

export function askForSchema(instruction: string): string {
  return [
    'Write a JSON schema (draft 2020-12) for what a language model shall answer. This is what its maker wants:',
    between('wish', instruction),
    'The root is an object. Describe each property in a few words, name those that are required, and set additionalProperties to false.',
    'Answer with the schema as JSON in one fenced block and nothing else.',
  ].join('\n\n')
}

export interface Improvement {
  readonly kind: 'prompt' | 'code'
  readonly current: string
  readonly instruction: string
  readonly idealOutput: string
  readonly language: string
}

export function askToImprove({ kind, current, instruction, idealOutput, language }: Improvement): string {
  return [
    kind === 'prompt' ? 'Improve a prompt for a language model. This is the prompt:' : 'Improve a piece of code. This is the code:',
    between('current', current),
    'This is what its maker wants changed:',
    between('wish', instruction),
    ...(idealOutput.trim() === '' ? [] : ['This is what it should lead to:', between('ideal', idealOutput)]),
    kind === 'prompt'
      ? 'Keep what the wish does not touch, above all placeholders in double braces, the language and the layout.'
      : `Keep what the wish does not touch. It stays ${ruleOf(language)}.`,
    `Answer with the whole ${kind} as it is now between <${tags.result}> and </${tags.result}>; after it, between <${tags.message}> and </${tags.message}>, say in one or two sentences and in the language of the wish what you changed.`,
  ].join('\n\n')
}

/** What an instruction can begin with; `{{#current#}}` becomes what there is now. */
export const instructionTemplates = {
  prompt: 'The answers to this prompt are not as I want them. Change it so that they ',
  code: 'This code does not do what it should. Change it so that it ',
} as const
