import type { CodeCall } from '@trellis/spec'

/** Around the result in what the program prints, as Dify's own programs have it (runtime 10). */
const MARKER = '<<RESULT>>'

/**
 * A whole program that calls `main` and prints what it returned. The code comes first, so that its line numbers hold; inputs travel as
 * base64, which needs no quoting. `<` is escaped in the result, so that a text of the result is never taken for a marker.
 */
export function wrapCode({ language, code, inputsJson }: CodeCall): string {
  const inputs = Buffer.from(inputsJson).toString('base64')
  return language === 'python3' ? wrapPython(code, inputs) : wrapJavascript(code, inputs)
}

const wrapPython = (code: string, inputs: string): string => `${code}

def __call_main():
    import base64, json
    result = main(**json.loads(base64.b64decode("${inputs}")))
    if hasattr(result, "__await__"):
        import asyncio
        async def settle():
            return await result
        result = asyncio.run(settle())
    text = json.dumps(result, allow_nan=False).replace("<", "\\\\u003c")
    print("\\n${MARKER}" + text + "${MARKER}")

__call_main()
`

const wrapJavascript = (code: string, inputs: string): string => `${code}
;(() => {
  const { stringify, parse } = JSON
  Promise.resolve(main(parse(Buffer.from('${inputs}', 'base64').toString()))).then((result) => {
    const text = stringify(result)
    if (text === undefined) throw new TypeError('\`main\` returned nothing that JSON can hold')
    console.log('\\n${MARKER}' + text.replace(/</g, '\\\\u003c') + '${MARKER}')
  })
})()
`

/** What stands between the last two markers, and what was printed beside. Undefined: the program printed no result. */
export function unwrapResult(stdout: string): { readonly resultJson: string; readonly stdout: string } | undefined {
  const end = stdout.lastIndexOf(MARKER)
  const start = end < 1 ? -1 : stdout.lastIndexOf(MARKER, end - 1)
  if (start < 0) return undefined
  const resultJson = stdout.slice(start + MARKER.length, end)
  try {
    JSON.parse(resultJson)
  } catch {
    return undefined
  }
  return { resultJson, stdout: stdout.slice(0, start).replace(/\n$/, '') + stdout.slice(end + MARKER.length).replace(/^\n/, '') }
}
