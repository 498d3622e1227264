import { AppError, type Refusal } from '@trellis/contracts'
import { ProviderError } from '@trellis/spec'
import type { ModelCaller } from './model-caller.ts'
import type { WorkspaceModel } from './workspace-models.ts'

/** The model that was called, as far as what went wrong may be mended there. */
type CalledModel = Pick<WorkspaceModel, 'isCustom' | 'entry'> & { readonly onBehalfOf: Pick<ModelCaller, 'accountId'> }

/** A provider's failure in the codes that Dify's callers know (service-api 2.6); its own words are kept. */
export function toModelError(error: unknown, model?: CalledModel): unknown {
  if (!ProviderError.is(error)) return error
  const retryAfterSeconds = error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1000)
  return new AppError('completion_request_error', {
    message: [
      explain[error.kind],
      // Its own words name addresses of the inside, which visitors need not know: the log has them.
      error.kind !== 'connection' && error.message,
      // Programs and visitors can change nothing in the console, nor is it theirs to know what is set there.
      error.kind === 'context-length' && isSetByReader(model) && howToFit(model),
    ]
      .filter(Boolean)
      .join(' '),
    cause: error,
    refusal: refusalOf(error, model),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

const isSetByReader = (model: CalledModel | undefined): model is CalledModel => !!model?.isCustom && model.onBehalfOf.accountId !== null

function refusalOf(error: ProviderError, model: CalledModel | undefined): Refusal {
  const reason = reasons[error.kind]
  if (reason === 'provider_connection') return { reason, values: {} }
  const said = error.message
  const contextSize = isSetByReader(model) ? model.entry.contextSize : undefined
  return reason === 'provider_context_length' && contextSize !== undefined
    ? { reason: 'provider_context_length_set', values: { said, contextSize } }
    : { reason, values: { said } }
}

const reasons = {
  connection: 'provider_connection',
  'server-unavailable': 'provider_unavailable',
  'rate-limit': 'provider_rate_limit',
  authorization: 'provider_authorization',
  'bad-request': 'provider_bad_request',
  'context-length': 'provider_context_length',
  'content-refused': 'provider_content_refused',
} as const satisfies Record<ProviderError['kind'], string>

const explain: Record<ProviderError['kind'], string> = {
  connection: 'The model provider could not be reached, or broke off. Try again; the log of the server says more.',
  'server-unavailable': 'The model provider is not able to answer now:',
  'rate-limit': 'The model provider’s rate limit is reached:',
  authorization: 'The model provider refused the credentials:',
  'bad-request': 'The model provider refused the request:',
  'context-length': 'The conversation is too long for this model:',
  'content-refused': 'The model provider refused the content:',
}

/** What a model takes that was added by hand is only known from its form, which begins with a guess. */
const howToFit = ({ entry: { contextSize } }: CalledModel): string =>
  `(Its context size is set to ${contextSize} tokens: change it where the model was added, in Settings → Model providers.)`
