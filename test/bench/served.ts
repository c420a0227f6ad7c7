// What the measurement of the client knows of the pages that its server serves; the counts are checked against it.
export const served = { pages: 100, pageSize: 1_000 } as const;
