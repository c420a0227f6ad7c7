// Invented people, places and firms to draw from. None is meant to be anybody; telephone numbers use the 555-01xx range.

export const firstNames = [
  'Dana', 'Marcus', 'Priya', 'Elena', 'Tomás', 'Aisha', 'Noah', 'Grace', 'Hiro', 'Zoë', 'Liam', 'Camila', 'Owen', 'Fatima', 'Chloé', 'Andre',
  'Mei', 'Viktor', 'Amara', 'Jonas', 'Leila', 'Samuel', 'Ingrid', 'Rafael', 'Naomi', 'Björn', 'Hannah', 'Kwame', 'Sofía', 'Dylan', 'Yuki', 'Beatriz',
  'Caleb', 'Nadia', 'Emil', 'Renée', 'Isaac', 'Talia', 'Oscar', 'Wren', 'Malik', 'Greta', 'Theo', 'Paloma', 'Ravi', 'Simone', 'Levi', 'Anneke',
] as const;

export const lastNames = [
  'Reyes', 'Okafor', 'Lindqvist', 'Nakamura', 'Whitfield', 'Castañeda', 'Brandt', 'Osei', 'Moreau', 'Delgado', 'Hawthorne', 'Iyer', 'Kowalczyk', 'Abara',
  'Fitzgerald', 'Sørensen', 'Vasquez', 'Thackeray', 'Mbeki', 'Ferraro', 'Holloway', 'Petrov', 'Núñez', 'Ashworth', 'Yamada', 'Dubois', 'Carmichael',
  "O'Rourke", 'Bianchi', 'Halvorsen', 'Quispe', 'Underhill', 'Zielinski', 'Rosenthal', 'Tanaka', 'Eriksen', 'Villanueva', 'Marchetti', 'Greer', 'Adeyemi',
  'Szabó', 'Pemberton', 'Rahman', 'Calloway', 'Jansen', 'Montoya', 'Sinclair', 'Vance', 'García-Lorca', 'de la Cruz',
] as const;

export const firmWords = [
  'Juniper', 'Copperfield', 'Brightwater', 'Larkspur', 'Stonegate', 'Redwing', 'Harborline', 'Foxglove', 'Ironbark', 'Wildrose', 'Northfork', 'Saltmarsh',
] as const;
export const firmTrades = ['Tires', 'Bakery', 'Landscaping', 'Plumbing', 'Design Studio', 'Coffee Roasters', 'Auto Repair', 'Bookkeeping', 'Florist', 'Catering'] as const;
export const firmTypes = ['LLC', 'S Corp', 'C Corp', 'Sole Proprietorship', 'Nonprofit'] as const;

export const streets = ['Alder St', 'Ridgeview Dr', 'Mill Pond Rd', 'Second Ave', 'Canyon Way', 'Orchard Ln', 'Depot St', 'Prospect Blvd', 'Larch Ct', 'Quarry Rd'] as const;
/** City, state, the first three digits of its postal codes. */
export const places = [
  ['Salt Lake City', 'UT', '841'], ['Murray', 'UT', '841'], ['Boise', 'ID', '837'], ['Denver', 'CO', '802'], ['Austin', 'TX', '787'], ['Portland', 'OR', '972'],
  ['Columbus', 'OH', '432'], ['Raleigh', 'NC', '276'], ['Tampa', 'FL', '336'], ['Madison', 'WI', '537'], ['Omaha', 'NE', '681'], ['Albany', 'NY', '122'],
  ['Tucson', 'AZ', '857'], ['Duluth', 'MN', '558'], ['Spokane', 'WA', '992'], ['Savannah', 'GA', '314'],
] as const;
