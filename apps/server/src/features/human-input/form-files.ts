import { AppError, type Refusal } from '@trellis/contracts'
import { type FormInput, readFormInput } from '@trellis/nodes'
import { type Dict, isDict, isList, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'

/** Turns what was attached into file values. @throws AppError `invalid_param` where one is not there or not theirs */
export type ResolveFormFiles = (mappings: readonly Dict[]) => Promise<readonly Value[]>

type FileInput = Extract<FormInput, { readonly type: 'file' | 'file-list' }>

/** The declared inputs of an answer that was found good, files as values. @throws AppError `invalid_form_data` naming the input */
export async function resolveFiles(
  inputs: readonly Dict[],
  given: Readonly<Record<string, Value>>,
  resolve: ResolveFormFiles,
): Promise<Record<string, Value>> {
  const values: Record<string, Value> = {}
  for (const declared of inputs) {
    const input = readFormInput(declared)
    const name = input.output_variable_name
    const value = given[name] ?? null
    values[name] = input.type === 'file' || input.type === 'file-list' ? await toFiles(input, value, resolve) : value
  }
  return values
}

async function toFiles(input: FileInput, value: Value, resolve: ResolveFormFiles): Promise<Value> {
  const mappings = (isList(value) ? value : [value]).filter((item): item is Dict => item !== null && isDict(item))
  const files = await resolve(mappings).catch((error: unknown) => {
    throw AppError.is(error) && error.code === 'invalid_param' ? refusal(input, error.message, error.refusal) : error
  })
  for (const file of files) if (isFile(file)) assertAllowed(input, file)
  return input.type === 'file' ? (files[0] ?? null) : [...files]
}

function assertAllowed(
  input: FileInput,
  {
    type,
    extension,
    transfer_method: method,
  }: { readonly type: string; readonly extension: string | null; readonly transfer_method: string },
): void {
  const { allowed_file_types: types, allowed_file_upload_methods: methods } = input
  const extensions = input.allowed_file_extensions.map((allowed) => allowed.toLowerCase().replace(/^\.?/, '.'))
  if (methods.length > 0 && !methods.some((allowed) => allowed === method)) {
    throw refusal(input, `Files by ${method} are not taken, only by ${methods.join(', ')}.`, {
      reason: 'file_way',
      values: { way: method },
    })
  }
  const isByExtension = types.includes('custom') && extension !== null && extensions.includes(extension)
  if (types.length > 0 && !isByExtension && (type === 'custom' || !types.includes(type))) {
    const isOtherEnding = types.includes('custom') && extension !== null && extension !== ''
    throw refusal(
      input,
      `Files of this kind are not taken, only ${[...types, ...extensions].join(', ')}.`,
      isOtherEnding ? { reason: 'file_ending_refused', values: { ending: extension } } : { reason: 'file_kind', values: { type } },
    )
  }
}

const refusal = ({ output_variable_name: name }: FileInput, message: string, told: Refusal | undefined): AppError =>
  new AppError('invalid_form_data', { message: `The input "${name}": ${message}`, param: name, refusal: told })
