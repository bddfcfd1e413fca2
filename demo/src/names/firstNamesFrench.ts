/** Common given names of people living in France, Wallonia and Romandy, roughly by frequency. */
export const frenchWomen = words(`
Marie Nathalie Isabelle Sylvie Catherine Camille Julie Sophie Céline Sandrine Aurélie Stéphanie Élodie Laura Manon Léa
Emma Chloé Sarah Pauline Marion Émilie Caroline Charlotte Mathilde Anaïs Lucie Inès Louise Jade Alice Juliette Clara
Florence Véronique Valérie Christine Françoise Monique Hélène Claire Audrey Virginie Delphine Mélanie Justine Margaux
Noémie Océane Amélie Estelle Gaëlle Solène Fatima Nadia Samira Yasmine Aïcha Élise Agathe Jeanne Rose Éléonore Maud
Bénédicte Anne-Sophie Marie-Claude Anne-Laure Coralie Lina Romane Zoé
`);

export const frenchMen = words(`
Nicolas Julien Thomas Alexandre Pierre Philippe Michel Christophe Laurent Frédéric Stéphane David Olivier Sébastien
Maxime Antoine Romain Guillaume Vincent Jérôme Benjamin Mathieu Florian Kévin Lucas Hugo Louis Paul Arthur Jules Gabriel
Raphaël Adrien Clément Quentin Valentin Baptiste Simon Damien Cédric Fabrice Thierry Éric Pascal Bruno Alain Bernard
Jean-Pierre Jean-Luc Jean-François François Emmanuel Grégory Arnaud Sylvain Mehdi Karim Rachid Mohamed Yanis Théo Nathan
Léo Maël Gaspard Étienne Xavier Bastien Loïc Tristan Martin Noé
`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
