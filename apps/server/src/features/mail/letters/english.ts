import type { CodeLetter, LetterWords } from './letter.ts'

const hours = (count: number): string => (count === 1 ? '1 hour' : count % 24 === 0 && count > 24 ? `${count / 24} days` : `${count} hours`)

/** What each code does, as a heading and as a sentence. */
const uses: Readonly<Record<CodeLetter['about'], { readonly heading: string; readonly lead: string }>> = {
  'sign-in': { heading: 'Sign in to Trellis', lead: 'Enter this code where you want to sign in.' },
  register: { heading: 'Create your account', lead: 'Enter this code to create your account on Trellis.' },
  'reset-password': { heading: 'Set a new password', lead: 'Enter this code to set a new password for your account.' },
  'change-email': { heading: 'Change your e-mail address', lead: 'Enter this code to take another e-mail address for your account.' },
  'new-email': { heading: 'Confirm your new e-mail address', lead: 'Enter this code to sign in with this address from now on.' },
  'delete-account': {
    heading: 'Delete your account',
    lead: 'Enter this code to delete your account for good. If you did not ask for it, set a new password now.',
  },
  'transfer-ownership': {
    heading: 'Transfer your workspace',
    lead: 'Enter this code to give the ownership of your workspace to somebody else. They decide about it from then on.',
  },
}
const security = 'If this was not you, set a new password and tell an administrator.'

export const english: LetterWords = {
  code: ({ about, code, minutes }) => ({
    subject: `${code} – ${uses[about].heading}`,
    heading: uses[about].heading,
    paragraphs: [uses[about].lead],
    code,
    note: `The code works once, for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}. Nobody from Trellis will ask you for it. If you did not ask for it, ignore this letter.`,
  }),
  'password-changed': () => ({
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    paragraphs: ['A new password was set for your account, and you were signed out everywhere.'],
    note: security,
  }),
  'account-exists': () => ({
    subject: 'You have an account on Trellis already',
    heading: 'You have an account already',
    paragraphs: [
      'Somebody, most likely you, wanted to create an account on Trellis with this address. There is one already, and nothing of it was changed.',
      'Sign in with this address. If you do not know the password any more, “Forgot your password?” on the page where you sign in helps.',
    ],
    note: 'If this was not you, ignore this letter: nobody learns from us that you have an account.',
  }),
  'email-changed': ({ email }) => ({
    subject: 'Your e-mail address was changed',
    heading: 'Your e-mail address was changed',
    paragraphs: [`You now sign in to Trellis as ${email}, and no longer with this address.`],
    note: 'If this was not you, tell an administrator.',
  }),
  'ownership-transferred': ({ workspace, from }) => ({
    subject: `You own ${workspace} now`,
    heading: `You own ${workspace} now`,
    paragraphs: [`${from} has given you the ownership of the workspace ${workspace}.`],
  }),
  test: () => ({
    subject: 'Mail from Trellis arrives',
    heading: 'Mail from Trellis arrives',
    paragraphs: ['You asked for this letter in the settings of your workspace. Invitations, codes and forms will come the same way.'],
  }),
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
