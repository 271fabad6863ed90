// The flags that are no settings: which verbs take them, and what may follow them. Settings have flags by themselves.

export interface Flag {
  /** What stands behind it in help; undefined for one that stands alone. */
  readonly form?: string;
  /** All that it takes, where that is a list. */
  readonly values?: readonly string[];
  readonly title: string;
  readonly verbs: readonly string[];
}

export const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof formats)[number];

export const isFormat = (text: string): text is Format => formats.some((format) => format === text);

const flagTable = {
  check: { title: 'Only say what is wrong: nothing is printed on standard output or written', verbs: ['expand'] },
  out: { form: 'DIR', title: 'Write one file per file of the input into DIR', verbs: ['expand'] },
  format: {
    form: formats.join('|'),
    values: formats,
    title: 'The form of the report (text)',
    verbs: ['validate', 'settings'],
  },
  strict: { title: 'Warnings fail the run, as with failOn', verbs: ['validate'] },
  'each-path': {
    title: 'Judge every PATH as an input of its own, a file by the nearest rayshield.yaml above it',
    verbs: ['validate'],
  },
  'all-kinds': {
    title: 'Hold objects of other kinds against their schemas too, where there are any',
    verbs: ['validate'],
  },
  expanded: {
    title: 'Judge what comes out of a pipeline with rayshield in it: whether everything has come through',
    verbs: ['validate'],
  },
  'storage-path': { form: 'DIR', title: 'Where artifacts are kept (/data)', verbs: ['flux-controller'] },
  'storage-address': {
    form: 'HOST:PORT',
    title: 'Where artifacts are served, a host being optional (:9090)',
    verbs: ['flux-controller'],
  },
  'advertised-address': {
    form: 'HOST[:PORT]',
    title: 'Where consumers reach them (rayshield-flux-controller.NAMESPACE.svc.cluster.local.)',
    verbs: ['flux-controller'],
  },
  'health-address': {
    form: 'HOST:PORT',
    title: 'Where /healthz and /metrics are, a host being optional (:9440)',
    verbs: ['flux-controller'],
  },
  'watch-namespace': {
    form: 'NAMESPACE',
    title: 'Look at this namespace alone (all namespaces)',
    verbs: ['flux-controller'],
  },
  concurrency: {
    form: 'N',
    title: 'How many sources are rendered at a time, up to 99 (2)',
    verbs: ['flux-controller'],
  },
  'allow-cross-namespace-refs': {
    title: 'Take sources of other namespaces than that of the ExpandedSource',
    verbs: ['flux-controller'],
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flagTable;

export const flagNames = Object.keys(flagTable) as readonly FlagName[];

export const flagOf = (name: FlagName): Flag => flagTable[name];

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(flagTable, name);

/** The flags that a verb takes. */
export const flagsOf = (verb: string): readonly FlagName[] =>
  flagNames.filter((name) => flagOf(name).verbs.includes(verb));
