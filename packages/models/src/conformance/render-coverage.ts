import { abilities, failures } from './abilities.ts'
import { type Coverage, coverage, type Source } from './coverage.ts'

const LETTERS: Readonly<Record<Source, string>> = { reference: 'R', emulator: 'E', memory: 'M' }

const HEADER = `<!-- Made by \`npm run gen\` from packages/models/src/conformance. Do not edit. -->

# What is tried with each model provider

Every provider passes the cases below in \`npm test\`; \`npm test -- packages/models/src/conformance\` runs them alone. No case asks a provider itself. A cell tells where its case comes from:

- **R**, reference: a fixture written from the page that the provider publishes, named at the end with the day on which it was read.
- **E**, emulator: an independent emulator, [aimock](https://github.com/CopilotKit/aimock), which answers on loopback at the provider's own paths.
- **M**, memory: a fixture in the shape that the provider is known to share with OpenAI, which no page was read for.

An empty cell: the provider's catalogue does not claim the ability. A test fails where it claims one that nothing tries.
`

/** The table of all providers, as Markdown. */
export function renderCoverage(): string {
  const sections = [
    HEADER,
    '## Abilities\n',
    table(abilities, (each) => each.abilities),
    '\n## Failures\n',
    'Each is told as what it is, in the words of the provider, without the key: a wrong key, a rate limit with the time to wait, an overload, a prompt that is too long, refused content, a connection that is cut.\n',
    table(failures, (each) => each.failures),
    '\n## Pages\n',
    ...coverage
      .filter(({ references }) => references.length > 0)
      .map(
        ({ provider, references }) =>
          `- ${provider.label.en_US}: ${references.map(({ address, readOn }) => `<${address}> (${readOn})`).join(', ')}`,
      ),
  ]
  return `${sections.join('\n')}\n`
}

function table<Column extends string>(
  columns: readonly Column[],
  cellsOf: (each: Coverage) => ReadonlyMap<Column, readonly Source[]>,
): string {
  const rows = coverage.map((each) => {
    const cells = columns.map((column) => (cellsOf(each).get(column) ?? []).map((source) => LETTERS[source]).join(' '))
    return `| ${[each.provider.label.en_US, ...cells].join(' | ')} |`
  })
  return [`| Provider | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---|').join('')}`, ...rows].join('\n')
}
