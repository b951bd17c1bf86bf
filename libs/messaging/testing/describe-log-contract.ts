export function describeLogContract(): void {}
export interface LogContractOptions {}
export interface LogUnderTest {}
