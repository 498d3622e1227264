import chat from './chat.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import published from './published.json' with { type: 'json' }
import workflow from './workflow.json' with { type: 'json' }

/** What published pages say; the console's other texts stay out of their script. */
export const publishedTexts = { chat, common, published, workflow }
