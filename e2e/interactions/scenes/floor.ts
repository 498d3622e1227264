import { measureClick, measureFrames, measureKey, turnWheel } from '../measure.ts'
import type { Scene } from '../scene.ts'

const html = `<!doctype html><title>Floor</title><body style="height:9000px">
<button onclick="this.textContent = 'pressed ' + ++this.value" value="0">press</button><input>`

/** A page that does next to nothing: what browser, driver and machine need in any case. */
export const floor: Scene = {
  place: 'Floor (a page with one button)',
  word: 'floor',
  async play({ console }, keep) {
    const page = await console.context().newPage()
    try {
      // An address of its own, so that the recorder is there before it.
      await page.goto('about:blank')
      await page.setContent(html)
      const pressed = page.getByRole('button')
      for (let time = 1; time <= 5; time += 1) {
        keep('press', await measureClick(page, pressed, { selector: 'button', text: `pressed ${time}` }))
      }
      await page.getByRole('textbox').focus()
      for (const letter of 'floor') keep('a letter', await measureKey(page, letter))
      keep('scrolling (longest frame)', await measureFrames(page, () => turnWheel(page, { steps: 40, deltaY: 120 })))
    } finally {
      await page.close()
    }
  },
}
