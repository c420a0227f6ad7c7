// Small business credit analytics: finding a shop, and its figures, which are answered at once (200) and can be read again as a report.
// Codes of its own: 10020 missing, 10025 not accepted, 10030 both ways to search, 10003 a location id, 10000 a country or telephone number.
import type { ReportEntity } from '../entities.ts';
import { reportBody, REQUESTER } from '../reports/body.ts';
import { factsOf } from '../reports/facts.ts';
import { reportIds, requestIdOf } from '../reports/ids.ts';
import { kindAskedFor } from '../reports/kinds.ts';
import { allLocations, matching } from '../reports/locations.ts';
import type { Location } from '../reports/locations.ts';
import { salesOf, sbcaParamsOf } from '../reports/sbca.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers } from '../types.ts';
import { theCustomer } from './accountAccess.ts';
import { refreshed } from './accounts.ts';

const inField = (code: number, message: string, user_message: string) => new ApiFault(400, code, message, { status: '400', user_message });
const missing = (...names: string[]) => inField(10020, `Data missing: ${names.join(', ')}.`, 'Something that is needed was not given.');
const invalid = (...names: string[]) => inField(10025, `Invalid data: ${names.join(', ')}.`, 'Something that was given is not accepted.');

const wire = ({ id, name, street, city, state, zip }: Location, at: number) => ({
  locationId: id, matchRank: at + 1, merchantName: name, streetAddress: street, city, state, postalCode: zip, countryCode: 'USA',
});

const getLocationMatches: Handler = ({ query }, context) => {
  const { idType, idValue, merchantName, streetAddress, city, stateProvinceRegion, postalCode } = query;
  const byId = Boolean(idType || idValue);
  const address = { merchantName, streetAddress, city, stateProvinceRegion, postalCode };
  if (byId && Object.values(address).some(Boolean)) throw inField(10030, 'Invalid data combination.', 'Give an id, or a name with its address, not both.');
  const named = (names: Record<string, string | undefined>) => Object.entries(names).flatMap(([name, value]) => (value ? [] : [name]));
  const absent = byId ? named({ idType, idValue }) : named({ merchantName, streetAddress });
  if (absent.length > 0) throw missing(...absent);
  if (byId && idType?.toUpperCase() !== 'MERCHANT_ID') throw invalid('idType');
  const locations = allLocations(context);
  const found = byId ? locations.filter(({ merchantId }) => merchantId === idValue?.toUpperCase()) : matching({
    ...address, merchantName: merchantName as string, streetAddress: streetAddress as string,
  }, locations);
  if (found.length === 0) throw new ApiFault(404, 10100, 'No location comes near.');
  return { status: 200, json: { locationMatches: found.map(wire) } };
};

interface Asked { analyticsReportData: { sbcaParams: unknown; businessDetails: { address: { country: string }; phoneNumber: { countryCode: string; phoneNo: string } } } }

const generateMetrics: Handler = (request, context) => {
  const { state, world, now } = context;
  const customer = theCustomer(request, context);
  const body = request.body as Record<string, unknown> & Asked;
  const { hasConsent, metricFrequency, locationId } = sbcaParamsOf(body);
  const { address, phoneNumber } = body.analyticsReportData.businessDetails;
  const at = 'analyticsReportData.sbcaParams';
  if (!hasConsent) throw new ApiFault(400, 10025, `Invalid data: ${at}.hasConsent`);
  if (!/^(monthly|weekly)$/i.test(metricFrequency)) throw new ApiFault(400, 10025, `Invalid data: ${at}.metricFrequency`);
  if (!/^[A-Za-z]{2,3}$/.test(address.country)) throw new ApiFault(400, 10000, 'Invalid country code.');
  if (!/^\d{1,3}$/.test(phoneNumber.countryCode) || !/^\d{7,12}$/.test(phoneNumber.phoneNo)) throw new ApiFault(400, 10000, 'Invalid phone number.');
  const kind = kindAskedFor(request.operation.operationId, { path: request.path, body });
  const createdDate = now();
  if (!kind || !allLocations(context).some(({ id }) => id === locationId)) throw new ApiFault(404, 10100, 'There are no figures for this location.');

  const accounts = state.accounts.of(customer.id).filter((account) => account.status === 'active').map((account) => refreshed(account, createdDate));
  const id = reportIds(world.seed).made(state.next('report')) + kind.idSuffix;
  const report: ReportEntity = {
    id, customerId: customer.id, type: kind.type, operationId: kind.operationId, requestId: requestIdOf(world.seed, id), createdDate,
    readyDate: createdDate, outcome: 'success', title: kind.title, constraints: body, accounts,
    extra: { partnerName: REQUESTER },
  };
  if (salesOf(factsOf(report, context)).length === 0) throw new ApiFault(404, 10100, 'There are no figures for this location.');
  state.reports.put(report);
  state.bag<string>('reportOwner').put(id, customer.id);
  return { status: 200, json: reportBody(report, context) };
};

export const smallBusinessHandlers: Handlers = {
  GetLocationMatches: getLocationMatches,
  GenerateSBCAMetricsReport: generateMetrics,
};
