// Runs the built program on a sample in this process and keeps what V8 has compiled on the way, for the next start.
// A process of its own: the flags of a TypeScript runner would make the cache useless to a plain node.
// Arguments: the sample, then the KubeRay versions to run it with.
const { compile, evaluate, writeCache } = require('../dist/rayshield.cjs');

const scripts = new Map();
const loaded = new Map();

function load(file) {
  if (!loaded.has(file)) {
    const script = compile(file);
    scripts.set(file, script);
    loaded.set(file, evaluate(script));
  }
  return loaded.get(file);
}

async function warmUp([sample, ...versions]) {
  for (const version of versions) {
    process.argv = [process.argv[0], 'rayshield', 'expand', sample, '--kuberay-version', version];
    await load('main.cjs').main(load);
    if (process.exitCode !== 0) throw new Error(`the sample does not expand for KubeRay ${version}`);
  }
  for (const [file, script] of scripts) writeCache(file, script);
}

void warmUp(process.argv.slice(2));
