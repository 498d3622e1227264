import { describe, expect, it } from 'vitest'
import { audioExtensionOf, sniffAudioType, toAudioName } from './audio-types.ts'

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((character) => character.charCodeAt(0)))))

describe('types of audio', () => {
  it.each([
    ['audio/wav', bytes('RIFF', 0, 0, 0, 0, 'WAVEfmt ')],
    ['audio/ogg', bytes('OggS', 0)],
    ['audio/flac', bytes('fLaC', 0)],
    ['audio/mp4', bytes(0, 0, 0, 32, 'ftypM4A ')],
    ['audio/webm', bytes(0x1a, 0x45, 0xdf, 0xa3)],
    ['audio/aac', bytes(0xff, 0xf1, 0x50)],
    ['audio/mpeg', bytes(0xff, 0xfb, 0x90)],
    ['audio/mpeg', bytes('ID3', 4)],
    ['audio/mpeg', bytes()],
  ])('%s is known by its first bytes', (type, start) => expect(sniffAudioType(start)).toBe(type))

  it.each([
    ['audio/mp3', 'mp3'],
    ['audio/webm;codecs=opus', 'webm'],
    ['AUDIO/MP4', 'm4a'],
    ['video/mp4', undefined],
    ['text/plain', undefined],
    ['constructor', undefined],
  ])('%s has the extension %s', (type, extension) => expect(audioExtensionOf(type)).toBe(extension))

  it.each([
    ['a.wav', 'mp3', 'speech.wav'],
    ['a.bin', 'mp3', 'speech.mp3'],
    ['blob', 'webm', 'speech.webm'],
    ['', 'm4a', 'speech.m4a'],
  ])('a recording named %j of the type of %s is told as %s', (name, extension, told) => expect(toAudioName(name, extension)).toBe(told))
})
