/** French words for entries of the English tables: `id: words`, `_` for a blank inside a word. */
export const FRENCH = `
fox: renard renards
wolf: loup loups
dog: chien chiens chiot
cat: chat chats chaton
horse: cheval chevaux jument
unicorn: licorne
cow: vache vaches taureau
sheep: mouton moutons agneau
goat: chèvre chèvres
pig: cochon cochons
deer: cerf cerfs biche
bear: ours
elephant: éléphant éléphants
giraffe: girafe girafes
lion: lions lionne
tiger: tigre tigres
monkey: singe singes
rabbit: lapin lapins lièvre
squirrel: écureuil
mouse: souris hérisson
camel: chameau chameaux
dinosaur: dinosaure
bird: oiseau oiseaux
eagle: aigle faucon
owl: hibou chouette
crow: corbeau corbeaux corneille
penguin: manchot pingouin pingouins
duck: canard canards
swan: cygne cygnes
chicken: poule coq
fish: poisson poissons
shark: requin
whale: baleine baleines
dolphin: dauphin dauphins
jellyfish: méduse méduses
octopus: pieuvre poulpe
turtle: tortue tortues
frog: grenouille grenouilles crapaud
butterfly: papillon papillons
bee: abeille abeilles
spider: araignée
woman: femme femmes dame
man: homme hommes
girl: fille fillette
boy: garçon enfant enfants
person: personne gens
couple: amoureux
family: famille
old_man: vieil_homme vieille_femme grand-mère pêcheur
wizard: sorcier sorcière magicien
knight: chevalier guerrier
king: roi prince
queen: reine princesse
astronaut: astronaute astronautes
ghost: fantôme fantômes
skeleton: squelette
dancer: danseuse danseur ballerine
chef: cuisinier boulanger
angel: ange fée
mermaid: sirène
snowman: bonhomme_de_neige
car: voiture voitures
truck: camion
train: train_à_vapeur
bicycle: vélo vélos bicyclette
motorcycle: moto
boat: barque
sailboat: voilier bateau_à_voile
ship: bateau navire bateau_pirate
airplane: avion avions
helicopter: hélicoptère
balloon: montgolfière montgolfières
rocket: fusée
spaceship: vaisseau_spatial
farmer: berger bergère
sign: panneau
hat: chapeau chapeaux
house: maison maisons toit toits
cottage: chalet cabane
barn: grange
castle: château châteaux forteresse
tower: tour tours
lighthouse: phare phares
church: église cathédrale
temple: ruines
windmill: moulin moulin_à_vent
bridge: pont ponts
skyscraper: gratte-ciel
pyramid: pyramide pyramides
tent: tente
ferris_wheel: grande_roue
tree: arbre arbres chêne
pine: sapin sapins pin
palm: palmier palmiers
blossom: cerisier cerisiers
flower: fleur fleurs
sunflower: tournesol tournesols
tulip: tulipe tulipes
lavender: lavande
mushroom: champignon champignons
wheat: blé
cup: tasse café thé
teapot: théière
bottle: bouteille vin
book: livre livres
candle: bougie bougies chandelle
lamp: lampe lanterne
clock: horloge réveil
chair: chaise fauteuil
bench: banc
bed: lit
guitar: guitare violon
umbrella: parapluie
crown: couronne
door: porte portes
campfire: feu_de_camp feu
party_balloon: ballon ballons
apple: pomme pommes
lemon: citron citrons
pear: poire poires
bread: pain
cheese: fromage
cake: gâteau
dish: bol assiette panier
sun: soleil
moon: lune pleine_lune
stars: étoile étoiles étoilée étoilé
planet: planète planètes
galaxy: galaxie voie_lactée
aurora: aurore_boréale aurores_boréales
rainbow: arc-en-ciel
fireworks: feux_d'artifice feu_d'artifice
cloud: nuage nuages
lake: lac étang
river: rivière fleuve ruisseau
waterfall: chute_d'eau
sea: mer océan
coast: côte falaise île port
beach: plage
mountains: montagne montagnes
volcano: volcan
hills: colline collines vallée
meadow: prairie champ champs jardin
farm: ferme village
desert: désert
forest: forêt bois
city: ville
street: rue marché
road: route chemin
room: chambre salon
windowsill: rebord_de_fenêtre
library: bibliothèque
kitchen: cuisine
corridor: couloir
cave: grotte
space: espace
undersea: sous_l'eau sous_la_mer
stage: scène concert
table: nature_morte
dawn: aube
sunrise: lever_de_soleil
morning: matin
noon: midi
sunset: coucher_de_soleil soir
dusk: crépuscule
night: nuit
after_rain: après_la_pluie
rain: pluie pluvieux pluvieuse
storm: orage tempête éclair
snow: neige enneigé enneigée enneigées
fog: brouillard brume
wind: vent
autumn: automne
winter: hiver
spring: printemps
summer: été
calm: paisible tranquille
joyful: joyeux joyeuse gai
scary: effrayant sombre
dreamy: magique féerique
oil: peinture_à_l'huile
watercolour: aquarelle
ink: encre dessin
poster: affiche
red: rouge rouges
yellow: jaune jaunes
green: vert verte verts
blue: bleu bleue bleus
purple: violet violette
pink: rose
brown: brun marron
black: noir noire noirs
white: blanc blanche blancs
grey: gris grise
one: un une
two: deux
three: trois
four: quatre
five: cinq
seven: sept
eight: huit
nine: neuf
ten: dix
eleven: onze
twelve: douze
thirteen: treize
fourteen: quatorze
fifteen: quinze
sixteen: seize
twenty: vingt
thirty: trente
hundred: cent
half_dozen: demi-douzaine
dozen: douzaine
dozens: douzaines
big: grand grande
small: petit petite
run: court courant
walk: marche marchant
read: lit lisant
fight: combat combattant
sit: assis assise
fly: vole volant
dance: danse dansant
`;

/** Small words of French that mean nothing to a picture. */
export const FRENCH_SMALL =
  "le la les de du des dans en et avec sur sous par pour au aux entre sans près d'un d'une son sa ses qui est";
