import type { Logger } from '@trellis/spec'
import type { FindOutputCheck, Preflight } from '../turns/index.ts'
import { askAboutAnswer, askAboutQuestion, type ExtensionJudge } from './extension-judge.ts'
import { isUnwanted, type JudgeDependencies } from './judge.ts'
import { readModeration } from './moderation-config.ts'

export interface Moderation {
  /** Looks at what is asked. */
  readonly preflight: Preflight
  /** Looks at what is answered. */
  readonly findOutputCheck: FindOutputCheck
}

export interface ModerationDependencies extends JudgeDependencies {
  readonly extensions: ExtensionJudge
  readonly logger: Logger
}

/**
 * Keeps out what an app shall not hear or say: by keywords, by a model that judges texts, or as an API extension decides. Workflows have
 * no such thing, as in Dify.
 */
export function createModeration(dependencies: ModerationDependencies): Moderation {
  return {
    preflight: {
      isOn: ({ mode }, config) => mode !== 'workflow' && readModeration(config)?.inputs !== undefined,
      async check(turn, signal) {
        const config = readModeration(turn.config)
        if (config?.inputs === undefined) return { type: 'pass' }
        if (config.type === 'api') return askAboutQuestion(dependencies.extensions, config, { turn, signal })
        const text = [...Object.values(turn.inputs).map(toText), turn.query].join('\n')
        const isOut = await isUnwanted(dependencies, config, { text, turn, signal })
        return isOut ? { type: 'answer', text: config.inputs, isModerated: true } : { type: 'pass' }
      },
    },
    findOutputCheck(answer) {
      const config = answer.app.mode === 'workflow' ? undefined : readModeration(answer.config)
      const preset = config?.outputs
      if (!config || preset === undefined) return undefined
      return {
        async findReplacement(text, signal) {
          try {
            if (config.type === 'api') return await askAboutAnswer(dependencies.extensions, config, { text, app: answer.app, signal })
            return (await isUnwanted(dependencies, config, { text, turn: answer, signal })) ? { text: preset, isLast: true } : undefined
          } catch (error) {
            dependencies.logger.warn({ err: error, appId: answer.app.id, runId: answer.runId }, 'An answer could not be moderated')
            return undefined
          }
        },
      }
    },
  }
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

export { createModerationCheck } from './check-moderation.ts'
