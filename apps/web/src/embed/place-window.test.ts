import { describe, expect, it } from 'vitest'
import { keepInside, placeWindow } from './place-window.ts'

const viewport = { width: 1280, height: 720 }
const boxAt = (left: number, top: number) => ({ left, top, right: left + 48, bottom: top + 48 })

describe('the window', () => {
  it('stands above a button in the lower right corner, flush with it', () => {
    expect(placeWindow(boxAt(1216, 656), viewport)).toEqual({ top: undefined, bottom: 76, left: undefined, right: 16, maxHeight: 628 })
  })

  it('stands below a button in the upper left corner', () => {
    expect(placeWindow(boxAt(4, 10), viewport)).toEqual({ top: 70, bottom: undefined, left: 16, right: undefined, maxHeight: 634 })
  })

  it('takes the larger side, however small', () => {
    expect(placeWindow(boxAt(600, 300), viewport)).toMatchObject({ top: 360, maxHeight: 344 })
  })
})

it('a button is not dragged out of sight', () => {
  const box = { width: 48, height: 48 }
  expect(keepInside({ left: -5, top: 900 }, box, viewport)).toEqual({ left: 0, top: 672 })
  expect(keepInside({ left: 40, top: 50 }, box, viewport)).toEqual({ left: 40, top: 50 })
})
