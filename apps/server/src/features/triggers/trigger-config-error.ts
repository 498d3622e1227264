/** Why a trigger cannot start anything as its node has it; a sentence for whoever made it. */
export class TriggerConfigError extends Error {}
