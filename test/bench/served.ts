// What the measurement of the client knows of the pages that its server serves; the counts are checked against it.
export const served = { pages: 100, pageSize: 1_000 } as const;

const kilobyte = 1024;
/** Bytes of the answers that answersServer.ts has; what is more than 25 MB goes to a file. */
export const answerSizes = { '1 KB': kilobyte, '1 MB': kilobyte ** 2, '20 MB': 20 * kilobyte ** 2, '60 MB': 60 * kilobyte ** 2 } as const;
/** Bytes of the reports that answersServer.ts has, as they travel; a document has a record a line and some more. */
export const reportSizes = { '1 MB': kilobyte ** 2, '10 MB': 10 * kilobyte ** 2, '60 MB': 60 * kilobyte ** 2 } as const;
export const reportOf = (size: number): string => `bench${size}-voi`;

/** The customer whose reading answers so many bytes. */
export const customerOf = (size: number): string => String(9_000_000_000 + size);
