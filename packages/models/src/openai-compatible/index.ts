import type { ProviderDefinition } from '@trellis/spec'
import { deepseekProvider } from './hosted/deepseek.ts'
import { fireworksProvider } from './hosted/fireworks.ts'
import { groqProvider } from './hosted/groq.ts'
import { huggingfaceProvider } from './hosted/huggingface.ts'
import { jinaProvider } from './hosted/jina.ts'
import { minimaxProvider } from './hosted/minimax.ts'
import { mistralaiProvider } from './hosted/mistralai.ts'
import { moonshotProvider } from './hosted/moonshot.ts'
import { nvidiaProvider } from './hosted/nvidia.ts'
import { openrouterProvider } from './hosted/openrouter.ts'
import { perplexityProvider } from './hosted/perplexity.ts'
import { siliconflowProvider } from './hosted/siliconflow.ts'
import { togetheraiProvider } from './hosted/togetherai.ts'
import { tongyiProvider } from './hosted/tongyi.ts'
import { volcengineProvider } from './hosted/volcengine.ts'
import { voyageProvider } from './hosted/voyage.ts'
import { xProvider } from './hosted/x.ts'
import { zhipuaiProvider } from './hosted/zhipuai.ts'
import { lmstudioProvider, vllmProvider, xinferenceProvider } from './self-hosted/local-servers.ts'
import { ollamaProvider } from './self-hosted/ollama.ts'
import { openaiApiCompatibleProvider } from './self-hosted/openai-api-compatible.ts'
import { teiProvider } from './self-hosted/tei.ts'

/** Providers that are OpenAI's wire at another address with another catalogue; in the order in which they are offered. */
export const openaiCompatibleProviders: readonly ProviderDefinition[] = [
  deepseekProvider,
  openrouterProvider,
  groqProvider,
  mistralaiProvider,
  xProvider,
  togetheraiProvider,
  fireworksProvider,
  moonshotProvider,
  tongyiProvider,
  zhipuaiProvider,
  siliconflowProvider,
  volcengineProvider,
  minimaxProvider,
  nvidiaProvider,
  perplexityProvider,
  huggingfaceProvider,
  jinaProvider,
  voyageProvider,
  ollamaProvider,
  lmstudioProvider,
  vllmProvider,
  xinferenceProvider,
  teiProvider,
  openaiApiCompatibleProvider,
]
