import type { LetterWords } from './letter.ts'

const hours = (count: number): string => (count % 24 === 0 && count > 24 ? `${count / 24} 天` : `${count} 小时`)

export const simplifiedChinese: LetterWords = {
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
