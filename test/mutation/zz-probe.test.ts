import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { corpus } from './corpus.ts';
import { Judge, judgeText } from './judge.ts';
import { plan, planSecurity } from './plan.ts';
import { printFinding } from '../../plugin/findings/print-text.ts';

test('probe', () => {
  const out: string[] = [];
  const t0 = performance.now();
  let n = 0;
  for (const s of corpus) {
    const bad = judgeText(s.text).filter((f) => f.severity === 'error');
    if (bad.length) out.push(`BASELINE ${s.name}\n  ${bad.map(printFinding).join('\n  ')}`);
    const judge = new Judge(s.text);
    for (const m of [...plan(s), ...planSecurity(s)]) {
      n++;
      let v;
      try { v = judge.judge(m); } catch (e) { out.push(`THROW ${s.name} ${m.kind} ${m.site.path.join('.')} ${e}`); continue; }
      out.push(`${v.is === 'found' ? 'FOUND' : v.is === 'unexplained' ? 'UNEXPLAINED' : 'VALID'}${m.site.isSecurity ? '*' : ''} ${m.kind} ${s.name} ${m.site.path.join('.')} ${m.right ?? ''}>${m.wrong ?? ''}\n     ${v.is === 'found' ? v.messages.join('\n     ') : v.is === 'still valid' ? [...v.reasons].join(', ') : ''}`);
    }
  }
  out.push(`${n} in ${performance.now() - t0} ms`);
  writeFileSync('/tmp/w-words-probe.txt', out.join('\n'));
});
