/** Chinese texts have a space between figures and words (`8 个字符`), which `Intl` leaves out. */
export const spaced = (text: string): string => text.replace(/(\d)(?=\p{Script=Han})/u, '$1 ')
