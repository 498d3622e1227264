import { type Dict, getKey } from '@trellis/values'

const python = `def main(arg1: str, arg2: str) -> dict:
    return {"result": f"{arg1}{arg2}"}
`

const javascript = `function main({ arg1, arg2 }) {
  return { result: \`\${arg1}\${arg2}\` }
}
`

/** What a new code node begins with: two texts become one. Python, unless JavaScript is wished for. */
export function newCode(wishes: Dict): Dict {
  const isJavaScript = getKey(wishes, 'code_language') === 'javascript'
  return {
    code_language: isJavaScript ? 'javascript' : 'python3',
    code: isJavaScript ? javascript : python,
    variables: [
      { variable: 'arg1', value_selector: [] },
      { variable: 'arg2', value_selector: [] },
    ],
    outputs: { result: { type: 'string', children: null } },
  }
}
