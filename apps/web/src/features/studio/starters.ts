import type { FormItem, ModelConfig } from '../../api/types/apps.ts'

/** What a starter puts into a new app, worded in the reader's language. */
export interface Starter {
  readonly id: 'assistant' | 'translator' | 'coach'
  readonly mode: 'chat' | 'completion'
  readonly icon: string
  readonly name: string
  readonly description: string
  readonly config: Partial<ModelConfig>
}

/** Looks a text up; the keys are those of `studio.starters`. */
export type StarterTexts = (key: string) => string

const toOptions = (text: string): string[] => text.split(',').map((option) => option.trim())

function textInput(
  type: 'text-input' | 'paragraph',
  field: { variable: string; label: string; max_length: number; default?: string },
): FormItem {
  return { [type]: { ...field, required: true } }
}

function select(field: { variable: string; label: string; options: string[] }): FormItem {
  return { select: { ...field, required: true, default: field.options[0] ?? '' } }
}

/** Three apps that work at once and show what can be done: a plain chat, a form with a text, a chat with a form. */
export function createStarters(t: StarterTexts): Starter[] {
  return [
    {
      id: 'assistant',
      mode: 'chat',
      icon: '🌿',
      name: t('assistant.name'),
      description: t('assistant.description'),
      config: {
        pre_prompt: t('assistant.prompt'),
        opening_statement: t('assistant.opening'),
        suggested_questions: [t('assistant.question1'), t('assistant.question2'), t('assistant.question3')],
      },
    },
    {
      id: 'translator',
      mode: 'completion',
      icon: '🌏',
      name: t('translator.name'),
      description: t('translator.description'),
      config: {
        pre_prompt: t('translator.prompt'),
        user_input_form: [
          textInput('paragraph', { variable: 'text', label: t('translator.textLabel'), max_length: 8000 }),
          select({ variable: 'language', label: t('translator.languageLabel'), options: toOptions(t('translator.languageOptions')) }),
        ],
      },
    },
    {
      id: 'coach',
      mode: 'chat',
      icon: '🎯',
      name: t('coach.name'),
      description: t('coach.description'),
      config: {
        pre_prompt: t('coach.prompt'),
        opening_statement: t('coach.opening'),
        suggested_questions: [t('coach.question1'), t('coach.question2')],
        user_input_form: [
          textInput('text-input', {
            variable: 'position',
            label: t('coach.positionLabel'),
            max_length: 60,
            default: t('coach.positionDefault'),
          }),
          select({ variable: 'level', label: t('coach.levelLabel'), options: toOptions(t('coach.levelOptions')) }),
        ],
      },
    },
  ]
}
