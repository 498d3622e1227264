import type { CodeLetter, LetterWords } from './letter.ts'

const hours = (count: number): string => (count % 24 === 0 && count > 24 ? `${count / 24} 天` : `${count} 小时`)

const uses: Readonly<Record<CodeLetter['about'], { readonly heading: string; readonly lead: string }>> = {
  'sign-in': { heading: '登录 Trellis', lead: '请在登录页面输入此验证码。' },
  register: { heading: '创建账号', lead: '请输入此验证码，创建您的 Trellis 账号。' },
  'reset-password': { heading: '设置新密码', lead: '请输入此验证码，为您的账号设置新密码。' },
  'change-email': { heading: '更换邮箱', lead: '请输入此验证码，为您的账号更换邮箱。' },
  'new-email': { heading: '确认新邮箱', lead: '请输入此验证码，之后将使用此邮箱登录。' },
  'delete-account': { heading: '删除账号', lead: '请输入此验证码，永久删除您的账号。如果不是您本人的操作，请立即设置新密码。' },
  'transfer-ownership': { heading: '转让工作空间', lead: '请输入此验证码，将您的工作空间转让给他人，之后由对方管理。' },
}
const security = '如果这不是您本人的操作，请立即设置新密码并告知管理员。'

export const simplifiedChinese: LetterWords = {
  code: ({ about, code, minutes }) => ({
    subject: `${code} – ${uses[about].heading}`,
    heading: uses[about].heading,
    paragraphs: [uses[about].lead],
    code,
    note: `验证码仅可使用一次，${minutes} 分钟内有效。Trellis 的任何人都不会向您索要它。如果您没有请求过，请忽略这封邮件。`,
  }),
  'password-changed': () => ({
    subject: '您的密码已更改',
    heading: '您的密码已更改',
    paragraphs: ['您的账号已设置新密码，所有设备均已退出登录。'],
    note: security,
  }),
  'account-exists': () => ({
    subject: '您已有 Trellis 账号',
    heading: '您已有账号',
    paragraphs: [
      '有人（很可能是您本人）想用此邮箱创建 Trellis 账号。该邮箱已有账号，账号没有任何变化。',
      '请使用此邮箱登录。如果忘记了密码，可在登录页面点击“忘记密码？”。',
    ],
    note: '如果这不是您本人的操作，请忽略这封邮件：我们不会让任何人知道您有账号。',
  }),
  'email-changed': ({ email }) => ({
    subject: '您的邮箱已更换',
    heading: '您的邮箱已更换',
    paragraphs: [`您现在使用 ${email} 登录 Trellis，此邮箱不再可用于登录。`],
    note: '如果这不是您本人的操作，请告知管理员。',
  }),
  'ownership-transferred': ({ workspace, from }) => ({
    subject: `您现在是 ${workspace} 的所有者`,
    heading: `您现在是 ${workspace} 的所有者`,
    paragraphs: [`${from} 已将工作空间 ${workspace} 的所有权转让给您。`],
  }),
  test: () => ({
    subject: '来自 Trellis 的邮件可以送达',
    heading: '来自 Trellis 的邮件可以送达',
    paragraphs: ['这封邮件是您在工作空间设置中请求的。邀请、验证码和表单会以同样的方式送达。'],
  }),
  invitation: (letter) => ({
    subject: `${letter.inviter} 邀请您加入 ${letter.workspace}`,
    heading: `加入 ${letter.workspace}`,
    paragraphs: [`${letter.inviter} 邀请您加入 Trellis 上的工作空间 ${letter.workspace}，一起工作。`],
    action: { label: '接受邀请', url: letter.url },
    note: `此链接仅供您本人使用，${hours(letter.hours)}内有效。如果您不认识发件人，请忽略这封邮件。`,
  }),
  form: (letter) => ({
    subject: letter.subject || `需要您的答复：${letter.title}`,
    heading: letter.subject || letter.title,
    paragraphs: [letter.body || '一个工作流正在等待您的答复，之后才会继续。'],
    ...(letter.body.includes(letter.url) ? {} : { action: { label: '打开表单', url: letter.url } }),
    note: '此链接仅供您本人使用：任何拿到它的人都可以代您答复。',
  }),
}
