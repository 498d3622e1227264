import { AppError } from '@trellis/contracts'

/** The name wanted, or else `Key n` for the n-th set. @throws AppError `invalid_param` where another set has it */
export function chooseCredentialName(taken: readonly string[], wanted: string | null | undefined): string {
  if (wanted) {
    if (!taken.includes(wanted)) return wanted
    throw new AppError('invalid_param', {
      param: 'name',
      message: `There are credentials named ${wanted} already. Choose another name.`,
      refusal: { reason: 'credentials_name_taken', values: { name: wanted } },
    })
  }
  for (let number = taken.length + 1; ; number++) {
    const name = `Key ${number}`
    if (!taken.includes(name)) return name
  }
}
