// `npm run recovery`: published pages in a Chromium, whose network, server or tab is taken away in the middle of answers.
import { runInChromium } from './run-in-chromium.mjs'

await runInChromium('recovery', { title: 'the recovery of pages' })
