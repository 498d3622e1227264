import { chineseMakersFailures } from './chinese-makers.ts'
import { hostsFailures } from './hosts.ts'
import { makersFailures } from './makers.ts'
import type { PublishedFailures } from './published-failure.ts'
import { openAiFailures, serverFailures } from './server-failures.ts'

/**
 * Failures with the statuses, codes and shapes that their providers publish; the words are ours where a page has none.
 * What is not among them is played with the fixtures of the wire.
 */
export const publishedFailures: readonly PublishedFailures[] = [
  ...makersFailures,
  ...chineseMakersFailures,
  ...hostsFailures,
  ...serverFailures,
  ...openAiFailures,
]
