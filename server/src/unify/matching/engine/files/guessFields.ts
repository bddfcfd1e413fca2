import type { MatchComparison, MatchKind, MatchMethod } from '@vitrail/contracts';

/** How columns are called, by field; headers are compared in lower case, letters and digits only. Earlier names are read first. */
const people: Readonly<Record<string, string>> = {
  first_name:
    'firstname first givenname given forename fname prenom prenoms vorname nombre nome voornaam imie christianname name1',
  last_name:
    'lastname last surname familyname family lname nom nomdefamille nomfamille nachname familienname apellido apellidos cognome achternaam nazwisko name2',
  full_name: 'fullname name nomcomplet nomprenom prenomnom customername clientname displayname contactname personname',
  birth_date:
    'birthdate dateofbirth dob birthday bday datedenaissance datenaissance naissance ddn geburtsdatum geburtstag fechanacimiento fechadenacimiento datadinascita datanascita geboortedatum dataurodzenia birth',
  email:
    'email emailaddress mail emailadresse adresseemail adressemail courriel correo correoelectronico mel emailaddr',
  phone:
    'mobile mobilephone phone phonenumber telephone tel cell cellphone portable mobilenumber telephonemobile telephoneportable numerodetelephone numtel handy telefon telefonnummer mobiltelefon telefono movil celular cellulare gsm telefoon homephone phonehome telephonefixe telfixe fixe landline',
  street:
    'streetnumber housenumber streetno houseno numerorue numerovoie hausnummer address1 addressline1 address street streetaddress streetname adresse adresse1 rue voie strasse strase calle direccion via indirizzo straat adres addr addr1 ligneadresse1 line1',
  postal_code:
    'postcode postalcode zip zipcode codepostal cp plz postleitzahl codigopostal cap postnummer postcodefake zip5 postleitzahlplz',
  city: 'city town suburb locality ville commune localite ort stadt ciudad localidad citta comune stad plaats gemeente municipality placename',
  country: 'country countrycode pays land pais paese',
  national_id:
    'socsecid ssn socialsecuritynumber nationalid nationalidnumber nir numerosecu numerosecuritesociale nationalinsurancenumber nino taxid passport passportnumber idcardnumber numerocarteidentite loyaltycard loyaltynumber loyaltycardnumber cartefidelite numerocarte numerocartefidelite cardnumber kundenkarte',
  gender: 'gender sex genre sexe geschlecht genero sesso civilite',
  birth_place:
    'birthplace placeofbirth birthcity lieudenaissance lieunaissance communenaissance geburtsort lugardenacimiento luogodinascita',
  occupation: 'occupation job jobtitle profession metier beruf profesion professione',
  middle_name: 'middlename middle middleinitial middlenames secondname secondprenom',
};

const company: Readonly<Record<string, string>> = {
  name: 'name companyname company organisation organization raisonsociale societe entreprise nom firma firmenname unternehmen empresa razonsocial azienda ragionesociale enseigne businessname accountname tradingname',
  street: people.street ?? '',
  postal_code: people.postal_code ?? '',
  city: people.city ?? '',
  country: people.country ?? '',
  domain: 'domain website web url site siteweb homepage internet webseite',
  registration:
    'siret siren vat vatnumber vatid tva numerotva tvaintracommunautaire ustid ustidnr nif cif partitaiva registration registrationnumber companynumber numeroentreprise kbo rcs',
  phone: people.phone ?? '',
  email: people.email ?? '',
};

const methods: Readonly<Record<string, MatchMethod>> = {
  first_name: 'given_name',
  last_name: 'family_name',
  birth_date: 'birth_date',
  email: 'email',
  phone: 'phone',
  national_id: 'identifier',
  gender: 'category',
  birth_place: 'text',
  occupation: 'text',
  middle_name: 'given_name',
  name: 'company_name',
  domain: 'identifier',
  registration: 'identifier',
};

export const headerKey = (header: string): string =>
  header
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/** Fields a kind knows: those a column can be mapped to. */
export const knownFields = (kind: MatchKind): string[] => Object.keys(kind === 'people' ? people : company);

/** Field → the columns it is read from, by their headers. A column given by hand is not guessed again. */
export function guessFields(
  kind: MatchKind,
  headers: readonly string[],
  given: Readonly<Record<string, readonly string[]>>,
  barred: ReadonlySet<string>,
): Record<string, string[]> {
  const taken = new Set(Object.values(given).flat());
  const free = headers.filter((header) => !taken.has(header) && !barred.has(header));
  const fields: Record<string, string[]> = {};
  for (const [field, names] of Object.entries(kind === 'people' ? people : company)) {
    const own = given[field];
    const list = names.split(' ');
    const guessed = free
      .filter((header) => list.includes(headerKey(header)))
      .sort((a, b) => list.indexOf(headerKey(a)) - list.indexOf(headerKey(b)));
    const columns = own ?? guessed;
    if (columns.length > 0) fields[field] = [...columns];
  }
  // A whole name is taken apart only where its parts are not told; with them it would count the same twice.
  if (fields.first_name !== undefined || fields.last_name !== undefined) delete fields.full_name;
  return fields;
}

/** The comparisons of the fields that a file has. */
export function comparisonsOf(kind: MatchKind, fields: Readonly<Record<string, readonly string[]>>): MatchComparison[] {
  const has = (field: string): boolean => fields[field] !== undefined;
  const found: MatchComparison[] = [];
  const add = (field: string, method: MatchMethod): void => void found.push({ field, method, termFrequency: true });
  for (const field of knownFields(kind)) {
    const method = methods[field];
    if (has(field) && method !== undefined) add(field, method);
  }
  if (has('full_name')) for (const field of ['first_name', 'last_name']) add(field, methods[field] ?? 'text');
  if (has('street') || has('postal_code') || has('city')) add('address', 'address');
  return found;
}
