/** What voices are asked to speak; the codes are Dify's. */
export const speechLanguages = [
  'en-US',
  'zh-Hans',
  'zh-Hant',
  'ja-JP',
  'ko-KR',
  'de-DE',
  'fr-FR',
  'es-ES',
  'pt-BR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'ro-RO',
  'ru-RU',
  'uk-UA',
  'tr-TR',
  'ar-TN',
  'fa-IR',
  'hi-IN',
  'id-ID',
  'th-TH',
  'vi-VN',
  'sl-SI',
] as const

/** The one that is nearest to a reader's. */
export const nearestSpeechLanguage = (language: string): string =>
  speechLanguages.find((code) => code === language) ??
  speechLanguages.find((code) => code.split('-')[0] === language.split('-')[0]) ??
  'en-US'

/** `German`, in the reader's language; the scripts of Chinese are told apart. */
export function nameOfLanguage(code: string, reader: string): string {
  const name = code.startsWith('zh') ? code : (code.split('-')[0] ?? code)
  return new Intl.DisplayNames(reader, { type: 'language', languageDisplay: 'standard' }).of(name) ?? code
}

/** What a voice says to be listened to; English where the language has none here. */
const samples: Readonly<Record<string, string>> = {
  en: 'Hello! This is what I sound like. How can I help you today?',
  zh: '你好！这就是我的声音。今天有什么可以帮您？',
  ja: 'こんにちは。これが私の声です。今日はどのようなご用件でしょうか。',
  ko: '안녕하세요! 제 목소리는 이렇습니다. 오늘 무엇을 도와드릴까요?',
  de: 'Hallo! So klinge ich. Womit kann ich Ihnen heute helfen?',
  fr: 'Bonjour ! Voici ma voix. Comment puis-je vous aider aujourd’hui ?',
  es: '¡Hola! Así suena mi voz. ¿En qué puedo ayudarle hoy?',
  pt: 'Olá! É assim que eu falo. Como posso ajudar hoje?',
  it: 'Ciao! Questa è la mia voce. Come posso aiutarla oggi?',
  nl: 'Hallo! Zo klink ik. Waarmee kan ik u vandaag helpen?',
  pl: 'Dzień dobry! Tak brzmi mój głos. W czym mogę dziś pomóc?',
  ru: 'Здравствуйте! Так звучит мой голос. Чем могу помочь?',
  uk: 'Вітаю! Так звучить мій голос. Чим можу допомогти?',
  tr: 'Merhaba! Sesim böyle. Bugün size nasıl yardımcı olabilirim?',
}

export const sampleOf = (language: string): string => samples[language.split('-')[0] ?? ''] ?? samples['en'] ?? ''
