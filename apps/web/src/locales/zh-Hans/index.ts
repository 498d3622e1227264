import account from './account.json' with { type: 'json' }
import chat from './chat.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import errors from './errors.json' with { type: 'json' }
import orchestrate from './orchestrate.json' with { type: 'json' }
import settings from './settings.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }
import studio from './studio.json' with { type: 'json' }
import team from './team.json' with { type: 'json' }
import workflow from './workflow.json' with { type: 'json' }

export const texts = {
  account,
  chat,
  common,
  errors,
  orchestrate,
  settings,
  shell,
  studio,
  team,
  workflow,
}
