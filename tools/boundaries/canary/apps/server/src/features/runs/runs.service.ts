// expect: feature-face
import { findApp } from '../apps/apps.repository.ts'
import { apps } from '../apps/index.ts'

export const face = [findApp, apps]
