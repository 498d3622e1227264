import type { Chapter } from '../journey.ts'
import { button, choose, field } from '../pages/controls.ts'
import { appears, until } from '../wait.ts'

export const languageAndTheme: Chapter = {
  title: 'Language and theme',
  async tell({ page, step, looks }) {
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme'])

    await step('the console speaks Chinese without a reload', async () => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Appearance' }).click()
      // Messages that were shown in English stay English until they leave.
      await page.reload()
      await appears(page.getByRole('heading', { name: 'Appearance', level: 1 }))
      await page.evaluate(() => Object.assign(window, { isSameDocument: true }))
      await choose(page, field(page, 'Language'), '简体中文')
      await appears(page.getByRole('heading', { name: '外观', level: 1 }))
      await until('the page was not loaded anew', () => page.evaluate(() => 'isSameDocument' in window))
      await looks.at(page, 'chinese-appearance', { language: 'zh-Hans' })
    })
    await step('every page is Chinese', async () => {
      const settings = page.url()
      for (const section of ['models', 'members', 'extensions', 'usage', 'account']) {
        await page.goto(new URL(section, settings).href)
        await appears(page.getByRole('heading', { level: 1 }))
        await page.waitForLoadState('networkidle')
        await looks.at(page, `chinese-${section}`, { language: 'zh-Hans' })
      }
      await page.goto(new URL('/apps', settings).href)
      await page.getByRole('link', { name: 'Friendly assistant', exact: true }).click()
      const pages = page.getByRole('navigation').last().getByRole('link')
      await until('the app has its pages', async () => (await pages.count()) === 6)
      for (const position of [0, 1, 2, 3, 4, 5]) {
        await pages.nth(position).click()
        await page.waitForLoadState('networkidle')
        await looks.at(page, `chinese-app-${position + 1}`, { language: 'zh-Hans' })
      }
      await button(page, '嵌入').click()
      await page.getByRole('tab', { name: '悬浮按钮' }).click()
      await page.getByRole('checkbox').first().click()
      await looks.at(page, 'chinese-embed', { language: 'zh-Hans' })
      await page.keyboard.press('Escape')
      await pages.nth(0).click()
      await button(page, '帮我写').click()
      await appears(page.getByRole('dialog', { name: '帮我写' }))
      await looks.at(page, 'chinese-prompt-writer', { language: 'zh-Hans' })
      await page.keyboard.press('Escape')
    })
    await step('and English again', async () => {
      await page.goto(new URL('/settings/appearance', page.url()).href)
      await choose(page, field(page, '语言'), 'English')
      await appears(page.getByRole('heading', { name: 'Appearance', level: 1 }))
    })
    await step('the dark theme is chosen and stays', async () => {
      await page.getByText('Dark', { exact: true }).click()
      await until('the page is dark', async () => (await theme()) === 'dark')
      await page.reload()
      await appears(page.getByRole('heading', { name: 'Appearance', level: 1 }))
      await until('the page is still dark', async () => (await theme()) === 'dark')
      await page.getByText('System', { exact: true }).click()
      await until('the page follows the system', async () => (await theme()) === 'light')
    })
  },
}
