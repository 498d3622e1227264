import { consoleAudioRoutes, serviceAudioRoutes, webAudioRoutes } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { AccountActor, AppKeyActor, PassportActor } from '../../http/actor.ts'
import { callerSignal } from '../../http/caller-signal.ts'
import type { Mount } from '../../http/mount.ts'
import { ANONYMOUS_SESSION, type EndUsers } from '../end-users/index.ts'
import type { FileService } from '../files/index.ts'
import type { Asker } from '../models/index.ts'
import { readRecording } from './read-recording.ts'
import { sendAudio } from './send-audio.ts'
import type { SpeechService } from './speech.service.ts'
import { readSpeechConfig, type SpeechConfig } from './speech-config.ts'
import { toSpokenText } from './spoken-text.ts'

/** Signs and addresses, which are not spoken, come on top of what may be. */
const MOST_MARKDOWN = 100_000

export interface SpeechRouteDependencies {
  readonly speech: SpeechService
  readonly uploads: FileService['uploads']
  readonly endUsers: EndUsers
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  readonly configs: {
    /** @throws `app_unavailable` where nothing is published */
    getPublished(app: AppsTable): Promise<object>
    /** Undefined where there is none. */
    findInEditor(app: AppsTable): Promise<object | undefined>
  }
}

export function mountSpeechRoutes(mount: Mount, dependencies: SpeechRouteDependencies): void {
  mountServiceSpeech(mount, dependencies)
  mountWebSpeech(mount, dependencies)
  mountConsoleSpeech(mount, dependencies)
}

const visitorAsAsker = ({ endUser }: PassportActor): Asker => ({ endUserId: endUser.id, accountId: null, apiKeyId: null })
const editorAsAsker = ({ accountId }: AccountActor): Asker => ({ endUserId: null, accountId, apiKeyId: null })

function mountServiceSpeech(mount: Mount, { speech, uploads, endUsers, configs }: SpeechRouteDependencies): void {
  const askerOf = async ({ tenantId, app, keyId }: AppKeyActor, user = ANONYMOUS_SESSION): Promise<Asker> => {
    const { id } = await endUsers.findOrCreate({ tenantId, appId: app.id }, user, 'service_api')
    return { endUserId: id, accountId: null, apiKeyId: keyId }
  }
  mount(serviceAudioRoutes.transcribeAudio).to(async ({ actor, request, reply }) => {
    const { app } = actor
    const { recording, user } = await readRecording(request, reply, uploads)
    const asker = await askerOf(actor, user)
    const config = readSpeechConfig(await configs.getPublished(app))
    return { text: await speech.transcribe({ app, config, asker, recording }, callerSignal(reply)) }
  })
  mount(serviceAudioRoutes.speakText).to(async ({ actor, body, reply }) => {
    const { app } = actor
    const asker = await askerOf(actor, body.user)
    const config = readSpeechConfig(await configs.getPublished(app))
    // An application that names nobody asks for itself.
    const endUserId = (body.user === undefined ? undefined : asker.endUserId) ?? undefined
    return sendAudio(reply, await speech.speak({ ...toRequest(body), app, config, asker, endUserId }, callerSignal(reply)))
  })
}

function mountWebSpeech(mount: Mount, { speech, uploads, configs }: SpeechRouteDependencies): void {
  mount(webAudioRoutes.transcribeWebAudio).to(async ({ actor, request, reply }) => {
    const { app } = actor
    const { recording } = await readRecording(request, reply, uploads)
    const config = readSpeechConfig(await configs.getPublished(app))
    return { text: await speech.transcribe({ app, config, asker: visitorAsAsker(actor), recording }, callerSignal(reply)) }
  })
  mount(webAudioRoutes.speakWebText).to(async ({ actor, body, reply }) => {
    const { app, endUser } = actor
    const config = readSpeechConfig(await configs.getPublished(app))
    // Pages show Markdown, and send what they show.
    const text = body.text && toSpokenText(body.text.slice(0, MOST_MARKDOWN))
    return sendAudio(
      reply,
      await speech.speak(
        { ...toRequest({ ...body, text }), app, config, asker: visitorAsAsker(actor), endUserId: endUser.id },
        callerSignal(reply),
      ),
    )
  })
}

function mountConsoleSpeech(mount: Mount, { speech, uploads, getApp, configs }: SpeechRouteDependencies): void {
  // Voices are listened to before anything is saved: what an editor tries needs no switch.
  const configOf = async (app: AppsTable): Promise<SpeechConfig> => ({
    ...readSpeechConfig((await configs.findInEditor(app)) ?? {}),
    hears: true,
    speaks: true,
  })
  mount(consoleAudioRoutes.transcribeDebugAudio).to(async ({ actor, params, request, reply }) => {
    const app = await getApp(actor.tenantId, params.app_id)
    const { recording } = await readRecording(request, reply, uploads)
    return {
      text: await speech.transcribe({ app, config: await configOf(app), asker: editorAsAsker(actor), recording }, callerSignal(reply)),
    }
  })
  mount(consoleAudioRoutes.speakDebugText).to(async ({ actor, params, body, reply }) => {
    const app = await getApp(actor.tenantId, params.app_id)
    const request = { ...toRequest(body), app, config: await configOf(app), asker: editorAsAsker(actor), endUserId: undefined }
    return sendAudio(reply, await speech.speak(request, callerSignal(reply)))
  })
  mount(consoleAudioRoutes.listVoices).to(async ({ actor, params, query }) => {
    await getApp(actor.tenantId, params.app_id)
    return speech.listVoices(actor.tenantId, query.language)
  })
}

const toRequest = ({
  text,
  message_id: messageId,
  voice,
}: {
  readonly text?: string | null | undefined
  readonly message_id?: string | undefined
  readonly voice?: string | null | undefined
}) => ({ text: text ?? undefined, messageId, voice: voice || undefined })
