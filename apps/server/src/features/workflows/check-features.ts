import { AppError } from '@trellis/contracts'
import { type Dict, getKey, isDict, type List, toPlain, type Value } from '@trellis/values'
import { z } from 'zod'
import { refusalWithin } from '../../http/refusal-of-issue.ts'

const toggle = z.looseObject({ enabled: z.boolean().nullish() }).nullish()
const texts = z.array(z.string()).nullish()

/** The shape of what is known (workflow spec 1.7); the rest passes. */
const featuresSchema = z.looseObject({
  opening_statement: z.string().nullish(),
  suggested_questions: texts,
  suggested_questions_after_answer: toggle,
  speech_to_text: toggle,
  text_to_speech: toggle,
  retriever_resource: toggle,
  sensitive_word_avoidance: toggle,
  file_upload: z
    .looseObject({
      enabled: z.boolean().nullish(),
      allowed_file_types: texts,
      allowed_file_extensions: texts,
      allowed_file_upload_methods: texts,
      number_limits: z.number().nullish(),
      image: z.looseObject({ enabled: z.boolean().nullish(), number_limits: z.number().nullish(), transfer_methods: texts }).nullish(),
    })
    .nullish(),
})

/** @throws AppError `invalid_param` naming the feature */
export function checkFeatures(features: Dict): void {
  const parsed = featuresSchema.safeParse(toPlain(features))
  if (parsed.success) return
  const [issue] = parsed.error.issues
  throw new AppError('invalid_param', {
    message: `features: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    param: 'features',
    refusal: refusalWithin('features', issue),
    cause: parsed.error,
  })
}

/** Reads features as the product uses them: the older form of the file section becomes the newer one. */
export function normalizeFeatures(features: Dict): Dict {
  const section = getKey(features, 'file_upload') ?? null
  if (!isDict(section)) return features
  const { image = null, ...rest } = section
  if (!isDict(image) || getKey(image, 'enabled') !== true) return features
  const methods: List = ['remote_url', 'local_file']
  const file_upload: Dict = {
    ...rest,
    enabled: true,
    number_limits: getKey(image, 'number_limits') ?? 3,
    allowed_file_upload_methods: getKey(image, 'transfer_methods') ?? methods,
    allowed_file_types: orElse(getKey(section, 'allowed_file_types'), ['image']),
    allowed_file_extensions: orElse(getKey(section, 'allowed_file_extensions'), []),
  }
  return { ...features, file_upload }
}

const orElse = (value: Value | undefined, fallback: Value): Value => value ?? fallback
