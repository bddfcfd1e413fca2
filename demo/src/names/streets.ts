/** Street names, without the number; written as people of the country write them. */
export const streets = {
  french: lines(`
rue de la République
rue Victor-Hugo
avenue Jean-Jaurès
rue Pasteur
place de l'Église
rue du Moulin
rue des Lilas
rue de la Gare
boulevard Voltaire
rue des Écoles
rue Saint-Martin
chemin des Vignes
rue Gambetta
avenue de la Libération
rue des Tilleuls
allée des Cerisiers
impasse du Verger
rue du Faubourg
quai des Chartrons
rue de Paradis
rue Émile-Zola
rue du Château
rue de Bretagne
rue Oberkampf
place du Marché
rue des Roses
rue de l'Abbaye
cours Lafayette
rue Sainte-Catherine
rue du Général-Leclerc
route de Lyon
rue Jules-Ferry
rue des Acacias
square des Peupliers
rue Neuve
rue Haute
`),
  british: lines(`
High Street
Station Road
Church Lane
Victoria Road
Park Avenue
Mill Lane
Albert Terrace
Queen Street
King's Road
Manor Close
Springfield Gardens
Chapel Street
Grange Road
Meadow View
Orchard Way
Windsor Crescent
Clarence Street
Elm Grove
Richmond Place
The Crescent
`),
  german: lines(`
Hauptstraße
Bahnhofstraße
Gartenweg
Lindenallee
Schillerstraße
Goethestraße
Kastanienallee
Bergstraße
Kirchgasse
Ringstraße
Wiesenweg
Mozartstraße
Am Markt
Rosenweg
Mühlenweg
Sonnenallee
`),
  flemish: lines(`
Kerkstraat
Stationsstraat
Nieuwstraat
Molenstraat
Veldstraat
Lange Leemstraat
Groenplaats
Brusselsesteenweg
Dorpsstraat
Bosstraat
Schoolstraat
Kapellestraat
`),
  polish: lines(`
ul. Polna
ul. Leśna
ul. Słoneczna
ul. Krótka
ul. Szkolna
ul. Ogrodowa
ul. Lipowa
ul. Brzozowa
ul. Kwiatowa
al. Jana Pawła II
ul. Mickiewicza
ul. Piękna
`),
} as const;

function lines(text: string): readonly string[] {
  return text.trim().split('\n');
}
