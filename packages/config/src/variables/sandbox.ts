import { address, decimal, flag, list, optional, port, text, wholeNumber, withDefault } from '../kinds.ts'

const seconds = decimal({ minimum: 0.1 })
const running = ['all', 'api', 'worker', 'sandbox'] as const
const calling = ['all', 'api', 'worker'] as const
const serving = ['sandbox'] as const
const megabytes = wholeNumber({ minimum: 1, maximum: 65_536 })
const bytes = wholeNumber({ minimum: 1024, maximum: 1024 * 1024 * 1024 })
const many = wholeNumber({ minimum: 1, maximum: 256 })
const proxy = address(['http', 'https'])

/** Where code of apps runs. `SANDBOX_*` and the short names are dify-sandbox's where it has them. */
export const sandboxVariables = {
  CODE_EXECUTION_ENDPOINT: optional(address(), {
    group: 'sandbox',
    roles: calling,
    description: 'A sandbox elsewhere that runs all code: the role `sandbox`, or dify-sandbox.',
    defaultNote: 'code runs on this machine, in processes of its own',
  }),
  CODE_EXECUTION_API_KEY: optional(text('a key'), {
    group: 'sandbox',
    roles: calling,
    secret: true,
    description: 'Its key: the `SANDBOX_API_KEY` of the role, or the API_KEY of dify-sandbox.',
  }),
  CODE_EXECUTION_CONNECT_TIMEOUT: withDefault('10', seconds, {
    group: 'sandbox',
    roles: calling,
    description: 'Until the connection to it stands, in seconds.',
  }),
  CODE_EXECUTION_READ_TIMEOUT: withDefault('60', seconds, {
    group: 'sandbox',
    roles: calling,
    description: 'Until its answer has come, in seconds; more than it lets code run.',
  }),
  SANDBOX_WORKER_TIMEOUT: optional(seconds, {
    group: 'sandbox',
    roles: running,
    description: 'Longest time that one piece of code may take, in seconds.',
    defaultNote: '15',
  }),
  WORKER_TIMEOUT: optional(seconds, {
    group: 'sandbox',
    roles: serving,
    description: 'The same, where `SANDBOX_WORKER_TIMEOUT` is not set.',
  }),
  SANDBOX_MEMORY_LIMIT: withDefault('256', megabytes, {
    group: 'sandbox',
    roles: running,
    description: 'Memory of one process of code, beyond what its interpreter takes, in MB.',
  }),
  SANDBOX_PROCESS_LIMIT: withDefault('8', wholeNumber({ minimum: 0, maximum: 4096 }), {
    group: 'sandbox',
    roles: running,
    description: 'Processes and threads that one piece of code may start.',
  }),
  SANDBOX_FILE_SIZE_LIMIT: withDefault('16', megabytes, {
    group: 'sandbox',
    roles: running,
    description: 'Largest file, and all temporary files together, of one piece of code, in MB.',
  }),
  SANDBOX_OUTPUT_LIMIT: withDefault('1048576', bytes, {
    group: 'sandbox',
    roles: running,
    description: 'Most that one piece of code may print, in bytes.',
  }),
  SANDBOX_RESULT_LIMIT: withDefault('16777216', bytes, {
    group: 'sandbox',
    roles: running,
    description: 'Longest result of `main` as JSON, in bytes.',
  }),
  MAX_WORKERS: withDefault('4', many, {
    group: 'sandbox',
    roles: running,
    description: 'Pieces of code that run on this machine at a time; others wait.',
  }),
  SANDBOX_WARM_INTERPRETERS: withDefault('2', wholeNumber({ minimum: 0, maximum: 64 }), {
    group: 'sandbox',
    roles: running,
    description: 'Interpreters of a language that wait ready once code in it has run, about 15 MB (Python) and 45 MB (Node) each.',
  }),
  SANDBOX_IDLE_TIMEOUT: withDefault('300', wholeNumber({ minimum: 1 }), {
    group: 'sandbox',
    roles: running,
    description: 'Interpreters that nobody has needed for so long are ended, in seconds.',
  }),
  SANDBOX_ENABLE_NETWORK: optional(flag(), {
    group: 'sandbox',
    roles: running,
    description:
      'Code may reach what content may reach (see Outgoing requests), through a forward proxy that its environment names. Off: it has no network at all.',
    defaultNote: 'false',
  }),
  ENABLE_NETWORK: optional(flag(), {
    group: 'sandbox',
    roles: serving,
    description: 'The same, where `SANDBOX_ENABLE_NETWORK` is not set.',
  }),
  SANDBOX_HTTP_PROXY: optional(proxy, {
    group: 'sandbox',
    roles: running,
    secret: true,
    description: 'A proxy behind that one, for http addresses.',
    defaultNote: 'the `SSRF_PROXY_*` ones',
  }),
  SANDBOX_HTTPS_PROXY: optional(proxy, { group: 'sandbox', roles: running, secret: true, description: 'The same for https addresses.' }),
  PYTHON_PATH: optional(text('a path'), {
    group: 'sandbox',
    roles: running,
    description: 'The Python that runs code.',
    defaultNote: 'python3 of /usr/bin, /usr/local/bin or /bin',
  }),
  NODEJS_PATH: optional(text('a path'), {
    group: 'sandbox',
    roles: running,
    description: 'The Node that runs code.',
    defaultNote: 'that of the server',
  }),
  SANDBOX_PYTHON_PACKAGES: optional(
    list('names of packages, comma-separated', (part) => /^[A-Za-z0-9][\w.-]*$/.test(part)),
    {
      group: 'sandbox',
      roles: running,
      description: 'Installed Python packages that code may import, with what they require; it sees no others.',
      defaultNote: 'none',
    },
  ),
  SANDBOX_NODE_PACKAGES: optional(text('a path'), {
    group: 'sandbox',
    roles: running,
    description: 'A folder `node_modules` of packages that JavaScript code may require.',
    defaultNote: 'none',
  }),
  SANDBOX_PORT: withDefault('8194', port(), {
    group: 'sandbox',
    roles: serving,
    description: 'Port of the role `sandbox`; its address is `DIFY_BIND_ADDRESS`.',
  }),
  SANDBOX_API_KEY: optional(text('a key'), {
    group: 'sandbox',
    roles: serving,
    secret: true,
    description: 'What callers of the role `sandbox` send as X-Api-Key. Good ones come from `openssl rand -base64 42`.',
    defaultNote: 'required for `sandbox`',
  }),
  MAX_REQUESTS: withDefault('50', wholeNumber({ minimum: 1, maximum: 10_000 }), {
    group: 'sandbox',
    roles: serving,
    description: 'Requests that the role `sandbox` has at a time, waiting ones included; others are turned away.',
  }),
  ENABLE_PRELOAD: withDefault('false', flag(), {
    group: 'sandbox',
    roles: serving,
    description: 'Callers may send code to run before the code.',
  }),
}
