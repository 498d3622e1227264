/** Everything that the demo says of its own accord, in both its languages. Data: no logic here. */
export interface DemoPhrases {
  readonly note: string
  readonly persona: (line: string) => string
  readonly greeting: string
  readonly capabilities: string
  readonly trellis: string
  readonly table: (topic: string) => string
  readonly list: (topic: string) => string
  readonly code: (topic: string) => string
  readonly summary: (count: number, sentences: readonly string[]) => string
  readonly nothingToSummarise: string
  readonly echo: (text: string) => string
  readonly recall: (texts: readonly string[]) => string
  readonly nothingToRecall: string
  readonly thanks: string
  readonly files: (lines: readonly string[]) => string
  readonly file: (file: { readonly kind: string; readonly name: string; readonly mimeType: string; readonly size: string }) => string
  readonly linked: (host: string) => string
  readonly kinds: Readonly<Record<'image' | 'audio' | 'video' | 'document', string>>
  readonly toolResult: (toolName: string, content: string) => string
  readonly tools: (names: readonly string[]) => string
  readonly fallback: (said: { readonly text: string; readonly words: number; readonly turn: number }) => string
  readonly empty: string
}

export const english: DemoPhrases = {
  note: 'This is the **demo model**: it runs offline and is no AI. Add a real one under **Settings → Model providers**.',
  persona: (line) => `Your instructions reached me; they begin: “${line}”`,
  greeting:
    'Hello! I am the demo model that Trellis brings along, so that you can try things before you add a provider.\n\nAsk me *what can you do*, or just write something.',
  capabilities: [
    'I follow a few fixed rules. What I can show you:',
    '',
    '- **Streaming**: these words arrive one at a time, as a real model would send them',
    '- **Markdown**: ask for a *table*, a *list* or some *code*',
    '- **Memory**: ask *what did I say?*',
    '- **Text**: ask me to *summarize* or *repeat* something',
    '- **Files**: attach one, and I tell you what arrived',
    '- **Tools**: name a tool of the app, and I call it',
    '- **JSON**: ask for a schema, and I fill it in',
    '',
    'I know nothing and understand nothing beyond that.',
  ].join('\n'),
  trellis: [
    '**Trellis** is a place to build, run and operate applications of language models:',
    '',
    '1. Write a prompt with variables in the **Studio**, and try it in the preview beside it',
    '2. **Publish** it: every app gets a public page and an API of its own',
    '3. See every conversation with its tokens, cost and latency in the **logs**',
  ].join('\n'),
  table: (topic) =>
    [
      `A table, as you asked (“${topic}”):`,
      '',
      '| Step | Where | What happens |',
      '|---|---|---|',
      '| 1 | Studio | You write the prompt |',
      '| 2 | Preview | You try it |',
      '| 3 | Publish | Others use it |',
    ].join('\n'),
  list: (topic) =>
    [
      `A list, as you asked (“${topic}”):`,
      '',
      '1. Write down what the app is for',
      '2. Give it a prompt and its variables',
      '3. Try it with three real questions',
      '4. Publish it',
    ].join('\n'),
  code: (topic) =>
    [
      `Some code, as you asked (“${topic}”):`,
      '',
      '```python',
      'def greet(name: str) -> str:',
      '    return f"Hello, {name}!"',
      '',
      'print(greet("Trellis"))',
      '```',
    ].join('\n'),
  summary: (count, sentences) =>
    [
      `The text has ${count} ${count === 1 ? 'sentence' : 'sentences'}. The weightiest by its words:`,
      '',
      ...sentences.map((sentence) => `- ${sentence}`),
    ].join('\n'),
  nothingToSummarise: 'There is nothing to summarize yet. Write the text after the word *summarize*.',
  echo: (text) => `> ${text.replaceAll('\n', '\n> ')}`,
  recall: (texts) => ['So far you have said:', '', ...texts.map((text, place) => `${place + 1}. ${text}`)].join('\n'),
  nothingToRecall: 'This is the first thing that you have said in this conversation.',
  thanks: 'You are welcome.',
  files: (lines) =>
    ['This arrived:', '', ...lines.map((line) => `- ${line}`), '', 'I cannot look inside; a real model with vision can.'].join('\n'),
  file: ({ kind, name, mimeType, size }) => `${kind}${name === '' ? '' : ` **${name}**`} (\`${mimeType}\`, ${size})`,
  linked: (host) => `linked from ${host}`,
  kinds: { image: 'an image', audio: 'a recording', video: 'a video', document: 'a document' },
  toolResult: (toolName, content) => `The tool \`${toolName}\` answered:\n\n\`\`\`\n${content}\n\`\`\``,
  tools: (names) => `The tools of this app are ${names.map((name) => `\`${name}\``).join(', ')}. Name one, and I call it.`,
  fallback: ({ text, words, turn }) =>
    `Your message arrived: “${text}” (${words} ${words === 1 ? 'word' : 'words'}, message ${turn} of this conversation). A real model would answer it now.`,
  empty: 'The message was empty.',
}

export const chinese: DemoPhrases = {
  note: '这是**演示模型**：离线运行，不是人工智能。请在 **设置 → 模型供应商** 中添加真正的模型。',
  persona: (line) => `已收到你的提示词，开头是：“${line}”`,
  greeting: '你好！我是 Trellis 自带的演示模型，让你在添加供应商之前先试一试。\n\n可以问我*你能做什么*，或者随便写点什么。',
  capabilities: [
    '我只按几条固定的规则回答。可以演示：',
    '',
    '- **流式输出**：这些字会逐个出现，和真正的模型一样',
    '- **Markdown**：让我写一个*表格*、*列表*或一段*代码*',
    '- **记忆**：问我*我刚才说了什么*',
    '- **文本**：让我*总结*或*重复*一段话',
    '- **文件**：附上文件，我会告诉你收到了什么',
    '- **工具**：说出应用中工具的名字，我就会调用它',
    '- **JSON**：给出结构，我来填写',
    '',
    '除此之外，我什么都不懂。',
  ].join('\n'),
  trellis: [
    '**Trellis** 用来构建、运行和运营大语言模型应用：',
    '',
    '1. 在**工作室**中编写带变量的提示词，并在旁边的预览中试用',
    '2. **发布**：每个应用都有自己的公开页面和 API',
    '3. 在**日志**中查看每次对话的用量、费用和延迟',
  ].join('\n'),
  table: (topic) =>
    [
      `你要的表格（“${topic}”）：`,
      '',
      '| 步骤 | 位置 | 内容 |',
      '|---|---|---|',
      '| 1 | 工作室 | 编写提示词 |',
      '| 2 | 预览 | 试用 |',
      '| 3 | 发布 | 供他人使用 |',
    ].join('\n'),
  list: (topic) =>
    [`你要的列表（“${topic}”）：`, '', '1. 写下应用的用途', '2. 编写提示词和变量', '3. 用三个真实问题试一试', '4. 发布'].join('\n'),
  code: (topic) =>
    [
      `你要的代码（“${topic}”）：`,
      '',
      '```python',
      'def greet(name: str) -> str:',
      '    return f"你好，{name}！"',
      '',
      'print(greet("Trellis"))',
      '```',
    ].join('\n'),
  summary: (count, sentences) =>
    [`这段文字共有 ${count} 句，按用词看最重要的是：`, '', ...sentences.map((sentence) => `- ${sentence}`)].join('\n'),
  nothingToSummarise: '还没有可以总结的内容。请把文字写在“总结”之后。',
  echo: (text) => `> ${text.replaceAll('\n', '\n> ')}`,
  recall: (texts) => ['到目前为止你说过：', '', ...texts.map((text, place) => `${place + 1}. ${text}`)].join('\n'),
  nothingToRecall: '这是你在这次对话中说的第一句话。',
  thanks: '不客气。',
  files: (lines) =>
    ['收到了：', '', ...lines.map((line) => `- ${line}`), '', '我看不到其中的内容；具备视觉能力的真正模型可以。'].join('\n'),
  file: ({ kind, name, mimeType, size }) => `${kind}${name === '' ? '' : ` **${name}**`}（\`${mimeType}\`，${size}）`,
  linked: (host) => `来自 ${host} 的链接`,
  kinds: { image: '一张图片', audio: '一段录音', video: '一段视频', document: '一份文档' },
  toolResult: (toolName, content) => `工具 \`${toolName}\` 的结果：\n\n\`\`\`\n${content}\n\`\`\``,
  tools: (names) => `这个应用的工具有 ${names.map((name) => `\`${name}\``).join('、')}。说出名字，我就会调用。`,
  fallback: ({ text, words, turn }) => `收到你的消息：“${text}”（${words} 个字词，本次对话的第 ${turn} 条）。真正的模型会在这里作答。`,
  empty: '消息是空的。',
}
