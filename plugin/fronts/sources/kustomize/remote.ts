// Whether kustomize would take a path for something to be fetched. It asks that before it looks whether such a file or folder exists:
// https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.1/api/internal/git/repospec.go

// A scheme; `git::`; GitHub without one; `user@host:path` of ssh. `_git/` and `gh:` are those of older releases.
const forms = [/^[a-z][a-z0-9+.-]*:/i, /:\/\//, /^github\.com[/:]/i, /^[a-z][a-z0-9_.-]*@/i, /(^|\/)_git\//];

export const isRemote = (path: string): boolean => forms.some((form) => form.test(path));
