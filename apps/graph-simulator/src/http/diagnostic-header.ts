/** The `x-ms-ags-diagnostic` that every answer of Graph carries, with an invented data centre. */
export const diagnosticHeader = JSON.stringify({
  ServerInfo: { DataCenter: 'Simulated Europe', Slice: 'E', Ring: '5', ScaleUnit: '001', RoleInstance: 'SIM000000001' },
});
