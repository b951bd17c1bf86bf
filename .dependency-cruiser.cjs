/** The house's rules on who may know whom (design section 1; exemplars: boundaries). test/architecture proves that each one bites. */
const owners = 'connections|watch|people|runs|notices';
const technology = 'graph-client|messaging|database|service-host|tracing';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'app-to-app',
      comment: 'An app is a process; only standalone takes the modules of the others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'lib-to-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'contracts-know-nobody',
      severity: 'error',
      from: { path: '^libs/contracts/src', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/contracts/|node_modules/zod/' },
    },
    {
      name: 'technology-knows-no-owner',
      severity: 'error',
      from: { path: `^libs/(${technology})/` },
      to: { path: `^libs/(${owners})/` },
    },
    {
      name: 'owners-one-way',
      comment: 'runs -> people -> connections, watch -> connections, notices -> connections.',
      severity: 'error',
      from: { path: '^libs/(people|watch|notices)/' },
      to: { path: `^libs/(${owners})/`, pathNot: '^libs/($1|connections)/' },
    },
    {
      name: 'connections-know-no-owner',
      severity: 'error',
      from: { path: '^libs/connections/' },
      to: { path: '^libs/(watch|people|runs|notices)/' },
    },
    {
      name: 'runs-know-people-and-connections',
      severity: 'error',
      from: { path: '^libs/runs/' },
      to: { path: '^libs/(watch|notices)/' },
    },
    {
      name: 'through-the-index',
      comment: 'Of another library only src/index.ts, testing/index.ts and the embedded Postgres are imported.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/',
        pathNot: ['^$1/$2/', '^libs/[^/]+/(src|testing)/index\\.ts$', '^libs/database/src/embedded/embedded-postgres\\.ts$'],
      },
    },
    {
      name: 'no-testing-in-source',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^libs/[^/]+/testing/|^test/)' },
    },
    {
      name: 'simulator-shares-nothing',
      severity: 'error',
      from: { path: '^apps/graph-simulator/' },
      to: { path: '^libs/' },
    },
    {
      name: 'simulator-is-known-to-standalone-only',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^apps/(graph-simulator|standalone)/|\\.spec\\.ts$' },
      to: { path: '^apps/graph-simulator/' },
    },
    {
      name: 'database-drivers-behind-owners',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^libs/(${owners}|messaging|database)/` },
      to: { path: 'node_modules/(typeorm|pg|pg-copy-streams|@nestjs/typeorm)/' },
    },
    {
      name: 'kafka-behind-messaging',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/messaging/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'graph-behind-graph-client',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/graph-client/' },
      to: { path: 'node_modules/(@azure/identity|@microsoft/microsoft-graph-client)/' },
    },
    {
      name: 'opentelemetry-behind-tracing',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/tracing/' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'tracing-sdk-on-demand',
      comment: 'A process that traces nothing loads nothing of the SDK.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/tracing/src/sdk/' },
      to: { path: '^libs/tracing/src/sdk/|node_modules/@opentelemetry/(?!api/)', dynamic: false },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(apps|libs)/[^/]+/src/', pathNot: '(\\.d\\.ts|main\\.ts|\\.spec\\.ts)$' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^apps/console/', '^test/architecture/violations/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['rollcall-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
