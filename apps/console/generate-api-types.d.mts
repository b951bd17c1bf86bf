/** The types of the published OpenAPI document, as TypeScript. */
export declare function apiTypes(): Promise<string>;

/** Where they are kept. */
export declare const typesFile: string;
