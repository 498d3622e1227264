import { createInstance } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, it } from 'vitest'
import { DesignProvider } from '../design/index.ts'
import { publishedTexts } from '../locales/en-US/published.ts'
import { RatingButtons, type RatingButtonsProps } from './RatingButtons.tsx'

const drawn = async (verdict: Pick<RatingButtonsProps, 'rating' | 'hasReason'>): Promise<string> => {
  const texts = createInstance()
  await texts.init({ lng: 'en-US', resources: { 'en-US': publishedTexts } })
  return renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <DesignProvider>
        <RatingButtons {...verdict} onRate={async () => undefined} />
      </DesignProvider>
    </I18nextProvider>,
  )
}

it('offers to say why what was bad was so, also where it was rated before the page was loaded', async () => {
  expect(await drawn({ rating: 'dislike', hasReason: false })).toContain('Say why')
  expect(await drawn({ rating: 'dislike', hasReason: true })).not.toContain('Say why')
  for (const rating of ['like', null] as const) expect(await drawn({ rating, hasReason: false })).not.toContain('Say why')
})
