import { z } from 'zod'

const outputTypes = ['string', 'number', 'boolean', 'object', 'array[string]', 'array[number]', 'array[object]', 'array[boolean]'] as const

/** An output as a code node declares it; `children` are an object's own keys, none where it may have any. */
export interface DeclaredOutput {
  readonly type: (typeof outputTypes)[number]
  readonly children: DeclaredOutputs | null
}

export type DeclaredOutputs = Readonly<Record<string, DeclaredOutput>>

const declaredOutput: z.ZodType<DeclaredOutput> = z.lazy(() =>
  z.looseObject({ type: z.enum(outputTypes), children: outputSchema.nullish().transform((children) => children ?? null) }),
)

export const outputSchema: z.ZodType<DeclaredOutputs> = z.record(z.string(), declaredOutput)
