// The kinds of analytics reports. One operation makes several: by user type, and by the purpose that the flags of its body tell. A consumer
// report (`cra`) needs a consumer, a business one a business. Observed: a firm's report asked for as a consumer report without a guarantor,
// and with no word about the FTC, is the FTC's kind.
import type { Asked, ReportKindRule } from './kinds.ts';

export type Purpose = 'cra' | 'noncra' | 'ftc';
export type UserType = 'personal' | 'business';
type Kind = Omit<ReportKindRule, 'accountTypes'>;

export interface AnalyticsFlags {
  forCraPurpose?: boolean;
  forFtcPurpose?: boolean;
  applicantIsPersonalGuarantor?: boolean;
}

export const flagsOf = (body: Readonly<Record<string, unknown>>): AnalyticsFlags => (body.analyticsReportData ?? {}) as AnalyticsFlags;
/** The payment history has its user type in the path itself. */
export const userTypeOf = (path: Readonly<Record<string, string>>): UserType => (path.userType === 'personal' ? 'personal' : 'business');

export function purposeOf(userType: UserType, { forCraPurpose = false, forFtcPurpose, applicantIsPersonalGuarantor }: AnalyticsFlags): Purpose {
  if (userType === 'personal') return forCraPurpose ? 'cra' : 'noncra';
  if (forFtcPurpose) return 'ftc';
  if (!forCraPurpose) return 'noncra';
  return applicantIsPersonalGuarantor === false && forFtcPurpose === undefined ? 'ftc' : 'cra';
}

const TWO_YEARS = 730;
const common = { portfolio: 'never', days: TWO_YEARS, maxDays: TWO_YEARS } as const;
const USERS: readonly UserType[] = ['personal', 'business'];
const purposes = (userType: UserType): readonly Purpose[] => (userType === 'personal' ? ['cra', 'noncra'] : ['cra', 'noncra', 'ftc']);

const family = (prefix: string, operationId: string, title: string, users: readonly UserType[] = USERS): Kind[] => users.flatMap((userType) => purposes(userType).map((purpose): Kind => {
  const type = `${prefix}${userType[0]}${purpose}`;
  const when = ({ path, body }: Asked) => userTypeOf(path) === userType && purposeOf(userType, flagsOf(body)) === purpose;
  return {
    operationId, type, idSuffix: `-${type}`, title, ...common, consumer: purpose === 'cra', business: userType === 'business', cra: purpose === 'cra',
    when,
  };
}));

const foresight = (operationId: string): Kind => ({
  operationId, type: 'farpbfnoncra', idSuffix: '-farpbfnoncra', title: 'Foresight Analytics', ...common, consumer: false, cra: false,
  textAccountIds: true,
});

const shop = (type: string, metricType: string): Kind => ({
  operationId: 'GenerateSBCAMetricsReport', type, idSuffix: `-${type}`, title: 'Small Business Credit Analytics', ...common, consumer: false,
  cra: false, sources: [],
  when: ({ body }) => (body.analyticsReportData as { sbcaParams?: { metricType?: string } } | undefined)?.sbcaParams?.metricType === metricType,
});

export const ANALYTICS: readonly Kind[] = [
  ...family('bar', 'GenerateBalanceAnalyticsReport', 'Balance Analytics'),
  ...family('cfr', 'GenerateCashflowAnalyticsReport', 'Cash Flow Analytics'),
  ...family('phr', 'GeneratePaymentHistoryReport', 'Payment History', ['business']),
  ...family('pri', 'GeneratePaymentRiskInsightsReport', 'Payment Risk Insights').map((kind) => ({ ...kind, textAccountIds: true })),
  foresight('GenerateForesightAnalyticsNonCraReport'),
  foresight('GenerateForesightAnalyticsFirstThirdPartyNonCraReport'),
  shop('sbcaanalyticsnoncra', 'retail_sales_analytics'),
  shop('sbcabenchmarksnoncra', 'retail_sales_benchmarks'),
];
export const isAnalytics = (type: string) => /^(?:bar|cfr|phr|pri)[pb](?:cra|noncra|ftc)$|^farpbfnoncra$/.test(type);
