import type { Outcome } from './outcome.ts'

/** Our own chatflows, one for each situation of Dify's tests. */
export const OWN_CHATFLOWS: readonly Outcome[] = [
  {
    row: 1,
    file: '01-answer-around-query.yml',
    runs: [
      {
        query: 'Why?',
        outputs: { answer: 'You asked "Why?", did you not?', files: [] },
        streamed: 'You asked "Why?", did you not?',
        frames: 'text reply, text sys, text reply, pair start, pair reply',
        chunks: 3,
      },
    ],
  },
  {
    row: 3,
    file: '03-chat-with-a-model.yml',
    runs: [
      {
        query: 'hi',
        says: ['Well', ', ', 'hello'],
        outputs: { answer: 'Well, hello', files: [] },
        streamed: 'Well, hello',
        frames: 'pair start, start think, text think, text think, text think, end think, pair reply',
        chunks: 3,
      },
    ],
  },
  {
    row: 10,
    file: '10-tool-then-template.yml',
    runs: [
      {
        query: 'hi',
        outputs: { answer: 'always the same', files: [] },
        streamed: 'always the same',
        frames: 'pair start, pair clock, start text, text text, end text, pair reply',
        chunks: 1,
      },
    ],
  },
  {
    row: 18,
    file: '18-iteration-with-answer.yml',
    runs: [
      {
        query: 'hi',
        // The last round is part of the answer, all rounds are streamed.
        outputs: { answer: 'green\nthat is all', files: [] },
        streamed: 'red\ngreen\nthat is all',
        frames:
          'pair start, iteration_started each, iteration_next each, text each, text inner, pair inner, iteration_next each, text each, text inner, pair inner, iteration_completed each, text outer, pair outer',
        chunks: 5,
      },
    ],
  },
  {
    row: 22,
    file: '22-loop-with-answer.yml',
    runs: ['so', '1'].map((query) => ({
      query,
      outputs: { answer: `1\n2\n${query} = 2`, files: [] },
      streamed: `1\n2\n${query} = 2`,
      frames:
        'pair start, loop_started again, start add, text again, text inner, end add, pair inner, loop_next again, start add, text again, text inner, end add, pair inner, loop_completed again, text sys, text outer, text again, pair outer',
      chunks: 7,
    })),
  },
  {
    row: 23,
    file: '23-variable-without-uuid.yml',
    runs: [
      {
        query: 'tea, please',
        outputs: { answer: '> maker.output', files: [] },
        streamed: '> made',
        frames: 'text conversation, text reply, pair start, pair check, pair reply, start maker, text maker, end maker',
        chunks: 3,
      },
      {
        query: 'tea!',
        outputs: { answer: '> maker.output', files: [] },
        streamed: '> ',
        frames: 'text conversation, text reply, pair start, pair check, pair reply',
        chunks: 2,
      },
    ],
  },
  {
    row: 25,
    file: '25-two-models-at-once.yml',
    runs: [
      {
        query: 'hi',
        says: { bird: ['tweet', ' tweet', '.'], cat: ['me', 'ow', ' '] },
        outputs: { answer: 'meow tweet tweet.', files: [] },
        streamed: 'meow tweet tweet.',
        frames:
          'pair start, pair first, start second, text second, text second, text second, text first, text first, text first, end second, pair reply',
        chunks: 6,
      },
    ],
  },
  {
    row: 27,
    file: '27-later-model-first.yml',
    runs: [
      {
        query: 'Ada',
        says: { 'about the sea': ['Salt', ' and foam'], 'about the hills': ['Wind', ' and stone'] },
        outputs: { answer: '# Hills\n\nWind and stone\n\n# Sea\n\nSalt and foam', files: [] },
        streamed: '# Hills\n\nWind and stone\n\n# Sea\n\nSalt and foam',
        frames: 'text reply, pair start, pair one, start two, text two, text two, text reply, text one, text one, end two, pair reply',
        chunks: 6,
      },
    ],
  },
  {
    row: 28,
    file: '28-search-in-a-loop.yml',
    runs: [
      {
        query: 'hi',
        outputs: { answer: '- a find\n- a find', files: [] },
        streamed: '- a find\n- a find',
        frames:
          'pair start, loop_started again, pair search, pair keep, loop_next again, pair search, pair keep, loop_completed again, text again, pair reply',
        chunks: 1,
      },
    ],
  },
  {
    row: 30,
    file: '30-answers-in-a-row.yml',
    runs: [
      {
        query: 'hi',
        says: ['so', ' it is'],
        outputs: { answer: '== one ==\n\nbar\n== two ==\n\nso it is\n', files: [] },
        streamed: '== one ==\n\nbar\n== two ==\n\nso it is\n',
        frames: 'text one, pair start, pair think, start one, text two, text think, text think, text two, end one, pair two',
        chunks: 5,
      },
    ],
  },
  {
    row: 31,
    file: '31-answer-behind-both.yml',
    runs: [
      {
        query: 'tea, please',
        says: ['X'],
        outputs: { answer: 'how politeX', files: [] },
        streamed: 'Xhow polite',
        frames: 'pair start, pair check, start think, text think, text polite, end think, pair polite, pair said',
        chunks: 2,
      },
      {
        query: 'tea!',
        says: ['X'],
        outputs: { answer: 'X', files: [] },
        streamed: 'X',
        frames: 'pair start, pair check, start think, text think, end think, pair said',
        chunks: 1,
      },
    ],
  },
  {
    row: 32,
    file: '32-assigned-then-told.yml',
    runs: [
      {
        query: 'a word',
        outputs: { answer: 'a word', files: [] },
        streamed: 'a word',
        frames: 'pair start, start set, text conversation, end set, pair reply',
        chunks: 1,
      },
    ],
  },
  {
    row: 33,
    file: '33-assigned-by-version-one.yml',
    runs: [
      {
        query: 'a word',
        outputs: { answer: 'The word is now: a word', files: [] },
        streamed: 'The word is now: a word',
        frames: 'pair start, start set, text reply, text conversation, end set, pair reply',
        chunks: 2,
      },
    ],
  },
  {
    row: 34,
    file: '34-assigned-in-a-round.yml',
    runs: [
      {
        query: 'a word',
        outputs: { answer: 'a word', files: [] },
        streamed: 'a word',
        frames:
          'pair start, pair numbers, iteration_started each, iteration_next each, pair set, pair nothing, iteration_completed each, text conversation, pair reply',
        chunks: 1,
      },
    ],
  },
]
