// Whether a document says nothing: Kubernetes and Argo CD skip it, so that a stream of such documents alone is empty.

/** True for white space, comments and a bare null. */
export const isBlank = (text: string): boolean =>
  !/^[ \t]*[^\s#]/m.test(text) || /^\s*(~|null)\s*(#.*)?\s*$/.test(text);
