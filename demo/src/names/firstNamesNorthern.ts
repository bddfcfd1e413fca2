/** Common given names in the United Kingdom, Germany and German Switzerland, Flanders and Poland. */
export const britishWomen = words(`
Emma Sarah Laura Rebecca Charlotte Olivia Amelia Emily Jessica Hannah Lucy Sophie Chloe Victoria Katherine Elizabeth
Margaret Susan Helen Claire Rachel Alice Grace Ruby Megan Bethany Eleanor Harriet Isla Freya Poppy Zara Priya Aisha
Abigail Georgina Fiona Heather Joanne Samantha
`);

export const britishMen = words(`
James Oliver Thomas William Daniel Matthew Christopher Andrew Michael David Richard Robert Edward Joseph Benjamin Samuel
George Harry Jack Charlie Alexander Nicholas Anthony Stephen Jonathan Patrick Simon Gareth Callum Liam Ryan Adam Luke
Nathan Imran Arjun Oscar Henry Peter Timothy
`);

export const germanWomen = words(`
Anna Katharina Julia Sabine Susanne Claudia Petra Stefanie Lena Hannah Mia Lea Leonie Johanna Franziska Birgit Monika
Ursula Heike Anja Nicole Greta Frieda Elif Annika
`);

export const germanMen = words(`
Thomas Michael Andreas Stefan Christian Markus Matthias Jürgen Klaus Wolfgang Jan Lukas Jonas Felix Maximilian Paul Leon
Finn Tobias Sebastian Florian Uwe Mehmet Emil Moritz
`);

export const flemishWomen = words(`
Lotte Sofie Ann Els Katrien Griet Hilde Marleen Femke Lien Eva Noor Fien Jana Lore Evelien Kaat Tine Nele Annelies
`);

export const flemishMen = words(`
Jan Pieter Wouter Bart Tom Koen Dirk Luc Stijn Joris Ruben Jef Lars Arne Wout Seppe Thijs Karel Geert Dries
`);

export const polishWomen = words(`
Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Aleksandra Zofia Julia Natalia Monika Karolina Weronika
Hanna Maja Oliwia Beata Dorota
`);

export const polishMen = words(`
Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Jakub Mateusz Łukasz Adam Grzegorz Wojciech Kamil Bartosz Szymon
Antoni Filip Rafał Stanisław
`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
