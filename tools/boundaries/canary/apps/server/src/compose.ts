// No expectation: wiring sees packages and the faces of features.
import { newId } from '@trellis/kit'
import { apps } from './features/apps/index.ts'

export const compose = () => [newId, apps]
