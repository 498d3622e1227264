import type { LetterWords } from './letter.ts'

const hours = (count: number): string => (count === 1 ? '1 hour' : count % 24 === 0 && count > 24 ? `${count / 24} days` : `${count} hours`)

export const english: LetterWords = {
  invitation: (letter) => ({
    subject: `${letter.inviter} invites you to ${letter.workspace}`,
    heading: `Join ${letter.workspace}`,
    paragraphs: [`${letter.inviter} invites you to work together in the workspace ${letter.workspace} on Trellis.`],
    action: { label: 'Accept the invitation', url: letter.url },
    note: `The link is for you alone and works for ${hours(letter.hours)}. If you do not know the sender, ignore this letter.`,
  }),
  form: (letter) => ({
    subject: letter.subject || `Your answer is needed: ${letter.title}`,
    heading: letter.subject || letter.title,
    paragraphs: [letter.body || 'A workflow waits for your answer before it goes on.'],
    ...(letter.body.includes(letter.url) ? {} : { action: { label: 'Open the form', url: letter.url } }),
    note: 'The link is for you alone: whoever has it can answer in your place.',
  }),
}
