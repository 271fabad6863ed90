// Who may import whom: one rule for each sentence of docs/design.md, section 1.
const only = (name, comment, from, path) => ({ name, comment, severity: 'error', from, to: { path } });

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'There are no cycles.', severity: 'error', from: {}, to: { circular: true } },
    only(
      'fronts-by-main',
      'Only main and fronts import fronts.',
      { pathNot: '^plugin/(main\\.ts|fronts/)' },
      '^plugin/fronts/',
    ),
    only(
      'no-front-by-a-front',
      'A front never imports another front: what they share lies beside them.',
      { path: '^plugin/fronts/(expand|render|validate)\\.ts' },
      '^plugin/fronts/((expand|render|validate)\\.ts|argocd/|krm/)',
    ),
    only(
      'no-front-by-argocd',
      'A front never imports another front: what they share lies beside them.',
      { path: '^plugin/fronts/argocd/' },
      '^plugin/fronts/((expand|render|validate)\\.ts|krm/)',
    ),
    only(
      'no-front-by-krm',
      'A front never imports another front: what they share lies beside them.',
      { path: '^plugin/fronts/krm/' },
      '^plugin/fronts/((expand|render|validate)\\.ts|argocd/)',
    ),
    only(
      'no-front-by-settings',
      'A front never imports another front; of argocd/ settings takes how its settings are read.',
      { path: '^plugin/fronts/show-settings\\.ts' },
      '^plugin/fronts/((expand|render|validate)\\.ts|argocd/generate)',
    ),
    only(
      'expand-by-fronts',
      'Only fronts call expand and validate; validate takes the steps of expand.',
      { pathNot: '^plugin/(main\\.ts|fronts/|validate\\.ts)' },
      '^plugin/(expand|validate)\\.ts',
    ),
    only(
      'builders-by-expand',
      'isolation and tls are called by expand and expanded alone, and never import each other or check.',
      { pathNot: '^plugin/(expand\\.ts|expanded/|isolation/|tls/)' },
      '^plugin/(isolation|tls)/',
    ),
    only(
      'expanded-by-validate',
      'expanded is called by validate alone: what it judges has been expanded before.',
      { pathNot: '^plugin/(validate\\.ts|expanded/)' },
      '^plugin/expanded/',
    ),
    only(
      'isolation-alone',
      'isolation imports neither tls nor check.',
      { path: '^plugin/isolation/' },
      '^plugin/(tls|check)/',
    ),
    only(
      'tls-alone',
      'tls imports neither isolation nor check.',
      { path: '^plugin/tls/' },
      '^plugin/(isolation|check)/',
    ),
    only(
      'check-below-fronts',
      'check is called from above.',
      { path: '^plugin/(ray|manifests|settings|findings)/' },
      '^plugin/check/',
    ),
    only('ray-below', 'ray is called from above.', { path: '^plugin/(manifests|settings|findings)/' }, '^plugin/ray/'),
    only(
      'manifests-below',
      'manifests imports findings alone.',
      { path: '^plugin/manifests/' },
      '^plugin/(?!manifests|findings)',
    ),
    only(
      'settings-below',
      'settings imports findings alone.',
      { path: '^plugin/settings/' },
      '^plugin/(?!settings|findings)',
    ),
    only('findings-lowest', 'findings imports nothing of ours.', { path: '^plugin/findings/' }, '^plugin/(?!findings)'),
    only(
      'host-in-fronts',
      'Files, child processes and the network are the business of fronts and of main.',
      { path: '^plugin/', pathNot: '^plugin/(main\\.ts|fronts/)' },
      '^(node:)?(fs|fs/promises|http|https|tls|dns|child_process|worker_threads|vm|module|os)$',
    ),
    only(
      'yaml-in-manifests',
      'Only manifests knows YAML.',
      { path: '^plugin/', pathNot: '^plugin/manifests/' },
      'node_modules/yaml/',
    ),
    only(
      'execa-in-run-child',
      'execa is in a bundle of its own, which only what renders by other tools loads.',
      { path: '^plugin/', pathNot: '^plugin/fronts/sources/run-child\\.ts$' },
      'node_modules/execa/',
    ),
    only(
      'sources-beside-fronts',
      'sources is what fronts share, and imports none of them.',
      { path: '^plugin/fronts/sources/' },
      '^plugin/fronts/((expand|render|validate)\\.ts|argocd/|krm/)',
    ),
    only(
      'diff-in-unified-diff',
      'diff is in a bundle of its own, which only a stale folder loads.',
      { path: '^plugin/', pathNot: '^plugin/fronts/rendered/unified-diff\\.ts$' },
      'node_modules/diff/',
    ),
    only(
      'cluster-in-flux-controller',
      'The Kubernetes client and what goes with it is in a bundle of its own, which flux-controller alone loads.',
      { path: '^plugin/', pathNot: '^plugin/fronts/flux-controller/' },
      'node_modules/(@kubernetes/client-node|prom-client|tar-stream)/',
    ),
    only(
      'no-front-by-flux-controller',
      'A front never imports another front: what they share lies beside them.',
      { path: '^plugin/fronts/flux-controller/' },
      '^plugin/fronts/((expand|validate|show-settings)\\.ts|argocd/)',
    ),
    only('ajv-in-build', 'ajv runs at build time alone.', { path: '^plugin/' }, 'node_modules/ajv/'),
    only(
      'no-tests',
      'Nothing that ships imports tests or tools.',
      { path: '^plugin/' },
      '^(test|build|bench|schemas)/',
    ),
    only('no-barrels', 'There are no barrel files.', {}, '^plugin/.*/index\\.ts$'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
