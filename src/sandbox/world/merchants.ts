// Invented merchants by category of the API's vocabulary: who money goes to, and how a bank would write it. No real firm is meant.

export interface Merchant {
  /** The payee, as categorization names it. */
  name: string;
  /** As the bank prints it; `#` stands for a store number. */
  print: string;
  category: string;
  /** Usual amounts, low to high. */
  low: number;
  high: number;
}

const list = (category: string, low: number, high: number, names: readonly (readonly [string, string])[]): Merchant[] =>
  names.map(([name, print]) => ({ name, print, category, low, high }));

/** Everyday purchases; the position decides how often one is chosen (the front more often). */
export const everyday: readonly Merchant[] = [
  ...list('Groceries', 18, 165, [['Harvest Lane Market', 'HARVEST LANE MKT #'], ['Greenbasket Foods', 'GREENBASKET #'], ['Corner Pantry', 'CORNER PANTRY #'], ['Valley Cooperative', 'VALLEY COOP GROCERY #']]),
  ...list('Fast Food', 6, 24, [['Burrito Post', 'BURRITO POST #'], ['Sunny Griddle', 'SUNNY GRIDDLE #'], ['Noodle Cart', 'NOODLE CART #']]),
  ...list('Coffee Shops', 3.5, 14, [['Second Cup Roasters', 'SECOND CUP ROASTERS #'], ['Paper Crane Coffee', 'SQ *PAPER CRANE COFFEE']]),
  ...list('Gas & Fuel', 24, 68, [['Roadrunner Fuel', 'ROADRUNNER FUEL #'], ['Milepost Gas', 'MILEPOST GAS & GO #']]),
  ...list('Restaurants', 19, 96, [['Copper Table', 'COPPER TABLE RESTAURANT'], ['Little Anchovy', 'TST* LITTLE ANCHOVY'], ['Lantern House', 'LANTERN HOUSE']]),
  ...list('Shopping', 12, 140, [['Bluebird Outlet', 'BLUEBIRD OUTLET #'], ['Parcelhouse', 'PARCELHOUSE.COM*ORDER'], ['Everyday & Co', 'EVERYDAY & CO #']]),
  ...list('Pharmacy', 7, 58, [['Wellspring Pharmacy', 'WELLSPRING RX #']]),
  ...list('Home Improvement', 15, 210, [['Hammer & Pine', 'HAMMER & PINE #']]),
  ...list('Clothing', 22, 130, [['Thread Theory', 'THREAD THEORY #']]),
  ...list('Rental Car & Taxi', 9, 44, [['Hopalong Rides', 'HOPALONG *TRIP']]),
  ...list('Entertainment', 12, 75, [['Bijou Cinemas', 'BIJOU CINEMAS #'], ['Arcadia Tickets', 'ARCADIA TICKETS']]),
  ...list('Pets', 14, 90, [['Paws & Co', 'PAWS & CO #']]),
  ...list('Books', 8, 45, [['Dogeared Books', 'DOGEARED BOOKS']]),
  ...list('Electronics & Software', 19, 320, [['Circuit Shed', 'CIRCUIT SHED #']]),
  ...list('Hair', 25, 85, [['Shear Delight', 'SHEAR DELIGHT SALON']]),
  ...list('Doctor', 20, 180, [['Foothill Family Clinic', 'FOOTHILL FAMILY CLINIC']]),
  ...list('Hotel', 95, 380, [['Trailhead Inn', 'TRAILHEAD INN']]),
  ...list('Air Travel', 140, 520, [['Skylark Air', 'SKYLARK AIR 0017']]),
];

/** Once a month, on a day of its own, for a steady amount. */
export const subscriptions: readonly Merchant[] = [
  ...list('Streaming Services', 8.99, 22.99, [['Reelbox', 'REELBOX.COM'], ['Moonlight TV', 'MOONLIGHT TV SUBSCR']]),
  ...list('Music', 10.99, 16.99, [['Tunestream', 'TUNESTREAM PREMIUM']]),
  ...list('Gym', 24, 59, [['Ironworks Gym', 'IRONWORKS GYM DUES']]),
  ...list('Newspapers & Magazines', 4, 17, [['The Daily Ledger', 'DAILY LEDGER DIGITAL']]),
  ...list('Electronics & Software', 2.99, 19.99, [['Cloudshelf Storage', 'CLOUDSHELF STORAGE']]),
];

/** Household bills, paid from the account once a month; amounts swing a little. */
export const bills: readonly Merchant[] = [
  ...list('Utilities', 62, 168, [['Rocky Basin Power', 'ROCKY BASIN POWER WEB PMT']]),
  ...list('Utilities', 28, 74, [['City Water Works', 'CITY WATER WORKS UTIL']]),
  ...list('Internet', 54, 89, [['Brightline Internet', 'BRIGHTLINE INTERNET']]),
  ...list('Mobile Phone', 38, 122, [['Beacon Mobile', 'BEACON MOBILE AUTOPAY']]),
  ...list('Auto Insurance', 84, 176, [['Shepherd Insurance', 'SHEPHERD INS PREM']]),
];

export const landlords = ['Oakmont Property Group', 'Riverbend Apartments', 'Keystone Rentals', 'Hillcrest Homes'] as const;
export const employers = ['Granite Peak Outfitters', 'Meridian Health Systems', 'Bluestem Logistics', 'Aspen County Schools', 'Halcyon Software', 'Tri-Rivers Manufacturing', 'Lakeview Medical Group', 'Summit Mutual'] as const;
export const clients = ['Fieldnote Media', 'Larch & Lowe LLP', 'Pinwheel Studio', 'Northgate Ventures', 'Tidewater Nonprofit', 'Orbit Analytics'] as const;
export const cardProcessors = ['Tapwell Merchant Svcs', 'Swiftpay Settlement'] as const;
export const businessSuppliers: readonly Merchant[] = [
  ...list('Office Supplies', 24, 240, [['Paperclip Depot', 'PAPERCLIP DEPOT #']]),
  ...list('Business Services', 120, 1900, [['Union Wholesale Supply', 'UNION WHOLESALE SUPPLY'], ['Crate & Carton Co', 'CRATE & CARTON CO']]),
  ...list('Shipping', 14, 180, [['Arrow Parcel', 'ARROW PARCEL SHIP']]),
  ...list('Advertising', 60, 420, [['Adloft', 'ADLOFT ADS']]),
  ...list('Gas & Fuel', 35, 110, [['Roadrunner Fuel', 'ROADRUNNER FUEL FLEET']]),
];
export const campus: readonly Merchant[] = [
  ...list('Books & Supplies', 18, 140, [['Campus Bookstore', 'CAMPUS BOOKSTORE']]),
  ...list('Fast Food', 5, 18, [['Quad Cafe', 'QUAD CAFE']]),
  ...list('Public Transportation', 2.5, 40, [['Metro Transit', 'METRO TRANSIT FARE']]),
];
