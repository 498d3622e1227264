// `npm run journey`: everything that a person can do, in a Chromium. JOURNEY_SCREENSHOTS: a folder for pictures of every screen.
import { runInChromium } from './run-in-chromium.mjs'

await runInChromium('journey', { title: 'the journey of a person' })
