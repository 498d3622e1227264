import { AppError } from '@trellis/contracts'

export const fileTooLarge = (megabytes: number): AppError =>
  new AppError('file_too_large', {
    message: `A file of this kind may have at most ${megabytes} MB.`,
    refusal: { reason: 'file_too_large', values: { megabytes } },
  })
