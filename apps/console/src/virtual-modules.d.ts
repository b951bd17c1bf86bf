declare module 'virtual:offered-operations' {
  const operations: ReadonlySet<string>;
  export default operations;
}
