// Loaded before a measured program: when it ends, writes its peak memory in MiB where BENCH_MEMORY_FILE says.
// https://nodejs.org/api/process.html#processresourceusage: maxRSS is in KiB.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY_FILE, String(process.resourceUsage().maxRSS / 1024)));
