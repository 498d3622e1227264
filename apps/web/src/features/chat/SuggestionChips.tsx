export interface SuggestionChipsProps {
  readonly questions: readonly string[]
  readonly onChoose: (question: string) => void
}

/** Questions that can be asked with one click. */
export function SuggestionChips({ questions, onChoose }: SuggestionChipsProps) {
  if (questions.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {questions.map((question) => (
        <button
          key={question}
          type="button"
          onClick={() => onChoose(question)}
          className="rounded-full border border-line px-3 py-1 text-left text-m text-ink-2 hover:border-accent-line hover:bg-accent-soft hover:text-ink"
        >
          {question}
        </button>
      ))}
    </div>
  )
}
