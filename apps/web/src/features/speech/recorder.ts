export interface RecorderEvents {
  /** How loud it is, from 0 to 1, about ten times a second. */
  readonly onLevel: (level: number) => void
}

/** A recording under way. */
export interface Recorder {
  /** Ends it and gives what was said. */
  finish(): Promise<File>
  /** Ends it and throws it away. */
  cancel(): void
}

/** Why nothing can be recorded. */
export class RecordingError extends Error {
  readonly reason: 'unsupported' | 'refused' | 'no-microphone' | 'busy' | 'empty'

  constructor(reason: RecordingError['reason'], options?: ErrorOptions) {
    super(reason, options)
    this.name = 'RecordingError'
    this.reason = reason
  }
}

const LEVEL_INTERVAL_MS = 100
/** What recorders make, the first that this browser can; all are small. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

/** Asks for the microphone and begins. @throws RecordingError */
export async function startRecorder({ onLevel }: RecorderEvents, signal: AbortSignal): Promise<Recorder> {
  // Without a secure connection there is no such thing as a microphone.
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined') throw new RecordingError('unsupported')
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((error: unknown) => {
    throw toRecordingError(error)
  })
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (signal.aborted) {
    release()
    throw signal.reason
  }
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && parts.push(data))
  const stopMeasuring = measure(stream, onLevel)
  const ended = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve(), { once: true }))
  const end = async (): Promise<void> => {
    stopMeasuring()
    if (recorder.state !== 'inactive') recorder.stop()
    release()
    await ended
  }
  recorder.start(1_000)
  return {
    async finish() {
      await end()
      if (parts.length === 0) throw new RecordingError('empty')
      const type = recorder.mimeType.split(';')[0] || 'audio/webm'
      return new File(parts, 'speech', { type })
    },
    cancel: () => void end(),
  }
}

function toRecordingError(error: unknown): RecordingError {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotFoundError') return new RecordingError('no-microphone', { cause: error })
  if (name === 'NotReadableError' || name === 'AbortError') return new RecordingError('busy', { cause: error })
  return new RecordingError('refused', { cause: error })
}

/** Tells how loud the stream is until it is told to stop. */
function measure(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let level = 0
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    // Speech lies about between -50 and -10 dB.
    const now = Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-10) + 50) / 40))
    // It falls slowly: what flickers tells nothing.
    level = Math.max(now, level * 0.8)
    onLevel(level)
  }, LEVEL_INTERVAL_MS)
  return () => {
    clearInterval(timer)
    void context.close()
  }
}
