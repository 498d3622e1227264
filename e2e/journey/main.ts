// npm run journey: everything that a person can do, against the built server. Ends with `N passed, N failed`.
import { runJourney } from './run-journey.ts'

process.exitCode = await runJourney({
  chromiumPath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  screenshots: process.env['JOURNEY_SCREENSHOTS'],
})
