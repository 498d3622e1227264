import { createContext, useContext } from 'react'

const Context = createContext(true)

/** Nothing is being written in this conversation, so that questions can be asked again. */
export const CanAskProvider = Context.Provider

export const useCanAsk = (): boolean => useContext(Context)

/**
 * The look of a button that is there only then, below an element that says otherwise by `data-answering`. Hundreds of turns have one:
 * taking them all away and making them anew would hold up the question and the end of its answer.
 */
export const whileAskable = 'in-data-answering:hidden'
