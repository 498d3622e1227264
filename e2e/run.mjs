// The browser journey: everything that a person can do, against the built server. `npm test` calls it where there is a Chromium.
// CHROMIUM_PATH: the browser. JOURNEY_SCREENSHOTS: a folder for pictures of every screen. Ends with `N passed, N failed`.
import { findChromium } from '../scripts/lib/find-chromium.mjs'
import { runJourney } from './journey/run-journey.ts'

process.exitCode = await runJourney({
  chromiumPath: findChromium() ?? '/usr/bin/chromium',
  screenshots: process.env.JOURNEY_SCREENSHOTS,
})
