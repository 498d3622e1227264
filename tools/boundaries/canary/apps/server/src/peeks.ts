// expect: feature-face-from-outside
import { findApp } from './features/apps/apps.repository.ts'

export const face = findApp
