import { AppError } from '@trellis/contracts'
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
      error.kind === 'context-length' && model?.isCustom && model.onBehalfOf.accountId !== null && howToFit(model),
    ]
      .filter(Boolean)
      .join(' '),
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

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
