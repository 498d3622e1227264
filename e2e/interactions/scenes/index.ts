import type { Scene } from '../scene.ts'
import { chat } from './chat.ts'
import { floor } from './floor.ts'
import { log } from './log.ts'
import { studio } from './studio.ts'

/** In the order in which a round plays them. */
export const scenes: readonly Scene[] = [floor, studio, log, chat]
