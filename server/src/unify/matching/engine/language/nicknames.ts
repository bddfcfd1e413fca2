/**
 * Short and pet forms of given names, each line a family: any two of a line may be the same person's. Written for this
 * project from common knowledge, without a source list; without accents, as names are compared. A form belongs to the
 * first line that has it.
 */
const families = `
alexandre alex alexander alexandra alexandro alessandro aleksander sacha sasha sandro xander alec lex sandra sandy
albert al bert berty albrecht alberto
alfred alf alfie fred freddy freddie frederic frederick frederik federico fritz frieda
andre andrew andy andrea andreas andres drew andrei
anne ann anna annie anita nan nancy hannah annette annick ana
antoine anthony tony antony anton antonio toni antonin
arnaud arnold arnie arnaldo
arthur art artie arturo
auguste august gus augustus gustave gustav
barbara barb barbie babs
barthelemy bart bartholomew bartolome
beatrice bea trixie beatrix beatriz
benjamin ben benny benji benoit benedict benito
bernard bernie bernardo bernd bernhard
brigitte bridget bridie biddy brigitta gitta
caroline carol carole carrie carolyn carolina caro karoline
catherine cathy kathy kate katie cat cathie katherine kathleen katharina kathryn kat kitty katarina catarina caty katja
celine celia
charles charlie chuck chas carl karl carlos carlo charly
charlotte lotte lottie char carlotta
christian chris christopher christophe kristof kit topher cristian christoph cristobal
christine chris christina tina chrissie christa kristina kristin kirsten cristina christelle
claude claudine claudette claudia claudio
clement clem clemens clemente
daniel dan danny dani daniele
danielle dany daniela
david dave davy davey davide
deborah debbie deb debra
denis dennis denny
dominique dom dominic nick domenico domingo
donald don donnie
dorothee dorothy dot dolly dottie dorothea
edouard edward ed eddie ted teddy ned eduardo edmund edgar edoardo
eleonore eleanor ellie nell nellie nora leonore elinor
elisabeth elizabeth liz beth betty lizzie eliza betsy lisa elise elsa bess libby liza bettina lise isabelle isabel isabella isabella babette lisbeth ella belle
emilie emily em emmy millie emilia
emmanuel manu manuel manny emanuel
emmanuelle emma manuela
eric erik rick ricky erich
esther essie hester estelle stella
etienne stephane steven stephen steve stefan stephan esteban stefano stevie
eugene gene eugenio eugen
fabien fabian fabio
florence flo florie florentine
francois francis frank franck francesco franz frankie francisco paco pancho fran ferenc
francoise francine fanny frances francesca fran franziska
gabriel gabe gaby gabriele
gabrielle gaby gabriela gabriella
georges george georgie jorge georg giorgio jurgen
gerard gerald gerry jerry gerhard gerardo
gilles giles
gregoire greg gregory gregor gregorio
guillaume william will bill billy willy willie liam wilhelm guillermo wim guglielmo
guy guido
harold harry hal
helene helen ellen lena elena helena nell hella
henri henry harry hank heinrich enrique enrico hal heinz hendrik henk
hugues hugo hugh hughie
ignace ignacio nacho ignatius
irene rena
jacques jack james jim jimmy jamie jacob jake jakob diego jacky jem giacomo jaime
jacqueline jackie jacquie
jean john jack johnny jon johann johannes hans juan giovanni jan ian sean ivan johan jonathan jonny nathan nathaniel nat nate yohann yann gianni
jeanne jane jean joan janet jenny joanna johanna giovanna juana janice jeannette jeannine
jennifer jen jenny jenni jenna
jerome jerry jeremy jeremie jez jem
jessica jess jessie
joseph joe joey jose pepe giuseppe jos josef jo beppe
josephine jo josie fifi josefine
joshua josh
judith judy jude
julie julia jules juliette juliet giulia julienne
julien julian jules julius julio
laurent lawrence larry laurence lorenzo laurie lars lorenz
laurence laura laurie lauren lorraine
leon leo leonard lenny len leonardo lionel leonhard
louis lou lewis luis luigi ludovic ludwig louie ludo
louise lou luisa lois luise
lucie lucy lucia luce lucille
luc luke lucas lukas luca
madeleine maddie magdalena madeline mad magda lena maddy
marc mark marcus marcel marcello marco markus marcos
marguerite margaret maggie meg peggy marge margie greta rita margot daisy margarita margarete grete madge margo
marie mary maria marion molly polly mae may mamie mia manon mariette miriam maryse
marie-christine christine
martin marty martino
martine tina martina
mathieu matthew matt matty matthias mateo matteo mathias mats mathis
maurice mo maury morris moritz mauricio
maximilien max maxime maximilian maxwell maxim
melanie mel mela
michel michael mike mick mickey michele miguel mickael mikael mitch micky misha mikhail michal
michelle shelly michele micheline michaela
monique mona monica monika
nathalie nat natalie natalia natasha natacha talia
nicolas nick nicholas nico nicky klaus nikolaus nils claus colin nicola niklas
nicole nicky nikki nicola colette nicoletta
olivier oliver ollie oli olli
pascal pasquale pascale
patrick pat paddy patricio patrice rick
patricia pat patsy trish tricia patty patrizia
paul paulo paolo pablo pavel pauly
paule pauline paula paulette paola
philippe philip phil pip filip felipe phillip filippo
pierre peter pete pedro pietro piotr pit pieter
pierrette petra peta
rachel rach shelley raquel
raymond ray ramon raimund
rebecca becky becca beck
remi remy
rene renato
renee renata
richard rick dick rich ricky ricardo dickie richie riccardo
robert rob bob bobby bert robbie roberto rupert robin bobbie
roger rodge ruggero rudiger
roland rolly orlando rolando
rodolphe rudolf rudy rolf ralph raoul raul rodolfo
ronald ron ronnie
rosalie rose rosie rosa rosemary
samuel sam sammy
samantha sam sammie
sebastien sebastian seb bastien basti bastian sebastiano
serge sergio sergei sergey
simon sim simeon simone
simone simona
sophie sofia sophia sofie
stephanie steph stefanie steffi stefania stephania
suzanne susan sue susie suzy suzie susanna susana sanne
sylvain silvain sylvester silvio
sylvie sylvia silvia
theodore theo ted teddy teodor
theresa therese terry tess teresa tracy tessa resi
thibaut thibault thibaud theobald
thierry terry terence terrence terri
thomas tom tommy tomas tommaso tam
timothe timothy tim timmy timo timothee
valentin val valentino
valerie val valeria
veronique vero veronica ronnie veronika
victor vic viktor vittorio
victoire victoria vicky vicki tori viktoria vittoria
vincent vince vinny vinnie vincenzo vicente vin
virginie ginny virginia gina
vladimir vlad vova volodia
walter walt wally gauthier gautier
xavier javier xavi
yves ivo yvon
zacharie zach zachary zac zack zak
mohamed mohammed muhammad mohammad mo moh mohamad muhammed mehmet mehdi
abdelkader abdel kader
abdallah abdullah abdel
fatima fatma fatou
youssef yusuf joseph yousef yussef
ibrahim abraham abe brahim
`;

const named = new Map<string, string>();
for (const line of families.trim().split('\n')) {
  const names = line.split(' ');
  for (const name of names) if (!named.has(name)) named.set(name, names[0] ?? name);
}

/** Form → the name that stands for its family. */
export const nicknames: ReadonlyMap<string, string> = named;
