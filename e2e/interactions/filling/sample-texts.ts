// What the filled installation is made of: names that searches tell apart, and answers as models write them.

export const animals = ['Pelican', 'Otter', 'Heron', 'Badger', 'Lynx', 'Marmot', 'Swift', 'Walrus', 'Gecko', 'Ibis'] as const

export const tasks = ['support', 'translator', 'tutor', 'summaries', 'release notes', 'planner', 'reviewer', 'triage'] as const

export const tags = ['Internal', 'Customers', 'Experiments', 'Finance', 'Marketing', 'Archive', 'Tutorials', 'On call'] as const

export const questions = [
  'How do I change the address that invoices are sent to?',
  'What is the difference between a refund and a credit note?',
  'Write a function that finds the longest word of a sentence.',
  'Why was my card refused although there is money on the account?',
  'Summarise the last three release notes in two sentences.',
  'Which plan do I need for twelve people, and what does it cost a year?',
] as const

/** Words that one conversation of a hundred holds, each; they differ in the last letter. */
export const rareWords = ['ticket-4711', 'ticket-4712'] as const

const short = 'Open the settings, choose **Billing**, and change the address there. It holds from the next invoice on.'

const list = `There are three things to look at:

1. whether the card has been *verified* with the bank,
2. whether the limit of the month is used up,
3. whether the address matches the one that the bank knows.

If all three are in order, try again after an hour; banks hold a refused payment that long.`

const code = `A function that does it, and what it costs:

\`\`\`typescript
export function longestWord(sentence: string): string {
  const words = sentence.split(/\\s+/u).filter((word) => word !== '')
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}
\`\`\`

It looks at each word once. For *very* long texts, read them as a stream instead of splitting them.`

const table = `| Plan | People | A month |
| --- | --- | ---: |
| Starter | up to 5 | 29 |
| Team | up to 20 | 99 |
| Company | any number | on request |

For twelve people the **Team** plan is the one; paid for a year it is two months cheaper.

> Prices are without tax.`

export const answers = [short, list, code, table] as const

/** Told word by word: long enough for five seconds, with all that markdown has. */
export const streamedAnswer = [list, code, table, short, list].join('\n\n')
