export interface EmbedLabels {
  readonly open: string
  readonly close: string
  /** Of a window whose page has not told its title. */
  readonly chat: string
}

const english: EmbedLabels = { open: 'Open chat', close: 'Close chat', chat: 'Chat' }
const chinese: EmbedLabels = { open: '打开聊天', close: '关闭聊天', chat: '聊天' }

/** What the button says, in the language of the app's page. */
export const labelsOf = (language: string): EmbedLabels => (language.toLowerCase().startsWith('zh') ? chinese : english)
