// The form of one entry of the wording tables in words/: severity, whether an owner may accept it, and its two sentences.

export type Severity = 'error' | 'warning' | 'info';

/** What is wrong, and what to do about it; both without a closing full stop, for they are joined by `; `. */
export type Sentences = readonly [what: string, remedy: string];

/** What a finding code means: its severity, its sentences made of facts, and whether `rayshield.io/accept` may name it. */
export interface Words<F> {
  readonly severity: Severity;
  readonly acceptable: boolean;
  readonly say: (facts: F) => Sentences;
}

/** An error: nothing is printed on stdout. */
export const error = <F>(say: (facts: F) => Sentences): Words<F> => ({ severity: 'error', acceptable: false, say });

/** An error that the owner's annotation `rayshield.io/accept` can take away. */
export const acceptableError = <F>(say: (facts: F) => Sentences): Words<F> => ({
  severity: 'error',
  acceptable: true,
  say,
});

/** A warning: printed on stderr and named in the owner's annotation `rayshield.io/warnings`, unless accepted. */
export const warning = <F>(say: (facts: F) => Sentences): Words<F> => ({ severity: 'warning', acceptable: true, say });

/** Worth knowing at a first roll-out; stderr only. */
export const info = <F>(say: (facts: F) => Sentences): Words<F> => ({ severity: 'info', acceptable: true, say });
