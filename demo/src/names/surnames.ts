/** Common family names, roughly by frequency, one list per culture. A line may hold names with a space after a comma. */
export const frenchSurnames = words(`
Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel, Lefebvre, Leroy, Roux,
David, Bertrand, Morel, Fournier, Girard, Bonnet, Dupont, Lambert, Fontaine, Rousseau, Vincent, Muller, Lefèvre, Faure,
André, Mercier, Blanc, Guérin, Boyer, Garnier, Chevalier, François, Legrand, Gauthier, Garcia, Perrin, Robin, Clément,
Morin, Nicolas, Henry, Roussel, Mathieu, Gautier, Masson, Marchand, Duval, Denis, Dumont, Marie, Lemaire, Noël, Meyer,
Dufour, Meunier, Brun, Blanchard, Giraud, Joly, Rivière, Lucas, Brunet, Gaillard, Barbier, Arnaud, Martinez, Gérard,
Roche, Renard, Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre, Aubert, Lemoine, Renaud, Dumas, Lacroix,
Olivier, Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland, Leclercq, Guillaume, Lecomte, Lopez, Jean,
Dupuy, Guillot, Hubert, Berger, Carpentier, Sanchez, Dupuis, Moulin, Louis, Deschamps, Huet, Vasseur, Perez, Boucher,
Fleury, Royer, Klein, Jacquet, Adam, Paris, Poirier, Marty, Aubry, Guyot, Carré, Charles, Renault, Charpentier, Ménard,
Maillard, Baron, Bertin, Bailly, Hervé, Schneider, Fernandez, Le Gall, Collet, Léger, Bouvier, Julien, Prévost, Millet,
Perrot, Daniel, Le Roux, Cousin, Germain, Breton, Besson, Langlois, Rémy, Le Goff, Pelletier, Lévêque, Perrier, Leblanc,
Benali, Diallo, Traoré, Nguyen, Haddad, Belkacem, Da Silva, Ferreira, d'Aubigny, de La Roche, L'Hostis
`);

export const britishSurnames = words(`
Smith, Jones, Taylor, Brown, Williams, Wilson, Johnson, Davies, Robinson, Wright, Thompson, Evans, Walker, White, Roberts,
Green, Hall, Wood, Jackson, Clarke, Harris, Clark, Lewis, Turner, Hill, Cooper, Ward, Morris, Moore, King, Watson, Baker,
Harrison, Morgan, Patel, Young, Allen, Mitchell, James, Anderson, Phillips, Lee, Bell, Parker, Davis, Bennett, Miller,
Cook, Shaw, Richardson, Carter, Collins, Marshall, Khan, Begum, O'Brien, Murphy, MacDonald, Campbell, Stewart, Hughes,
Fitzgerald, Whitfield, Ashworth, Singh
`);

export const germanSurnames = words(`
Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, Schäfer, Koch, Bauer, Richter,
Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Hartmann, Lange, Schmitt, Werner, Krause,
Meier, Lehmann, Köhler, Keller, Brunner, Yılmaz, Frei, Ammann, Bühler, Vogel, Weiß, Engel
`);

export const flemishSurnames = words(`
Peeters, Janssens, Maes, Jacobs, Mertens, Willems, Claes, Goossens, Wouters, De Smet, Vermeulen, Pauwels, Hermans, Aerts,
Michiels, Lambrecht, Van Damme, De Clercq, Van den Broeck, Verhoeven, Desmet, Stevens, Cools, Vandenberghe, De Vos,
Lenaerts, Smets, Van de Velde, Bogaert, Segers
`);

export const polishSurnames = words(`
Nowak, Kowalski, Wiśniewski, Wójcik, Kowalczyk, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak, Dąbrowski,
Kozłowski, Jankowski, Mazur, Kwiatkowski, Krawczyk, Piotrowski, Grabowski, Pawłowski, Michalski, Król, Wieczorek,
Jabłoński, Wróbel, Stępień
`);

function words(text: string): readonly string[] {
  return text.trim().split(/,\s*/);
}
