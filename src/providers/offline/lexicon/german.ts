/** German words for entries of the English tables: `id: words`, `_` for a blank inside a word. */
export const GERMAN = `
fox: fuchs füchse rotfuchs
wolf: wölfe
dog: hund hunde hündchen welpe welpen schäferhund
cat: katze katzen kätzchen kater
horse: pferd pferde pony hengst stute
unicorn: einhorn einhörner
cow: kuh kühe stier ochse
sheep: schaf schafe lamm lämmer
goat: ziege ziegen
pig: schwein schweine ferkel
deer: hirsch hirsche reh rehe elch
bear: bär bären
polar_bear: eisbär eisbären
elephant: elefant elefanten
giraffe: giraffen
lion: löwe löwen
monkey: affe affen
rabbit: hase hasen kaninchen
squirrel: eichhörnchen
mouse: maus mäuse igel
camel: kamel kamele
dinosaur: dinosaurier saurier
dragon: drache drachen
bird: vogel vögel
eagle: adler falke
owl: eule eulen
crow: krähe krähen rabe raben
penguin: pinguin pinguine
duck: ente enten gans gänse
swan: schwan schwäne
chicken: huhn hühner henne hahn
fish: fisch fische
shark: hai haie
whale: wal wale
dolphin: delfin delfine delphin
jellyfish: qualle quallen
octopus: krake kraken tintenfisch
turtle: schildkröte schildkröten
crab: krebs krabbe
frog: frosch frösche kröte
butterfly: schmetterling schmetterlinge
bee: biene bienen
spider: spinne spinnen
snake: schlange schlangen
woman: frau frauen dame
man: mann männer herr
girl: mädchen
boy: junge jungen kind kinder
person: mensch menschen wanderer figur
couple: paar liebespaar verliebte
family: familie
old_man: alter_mann alte_frau großmutter großvater fischer
wizard: zauberer hexe magier
knight: ritter krieger
king: könig prinz kaiser
queen: königin prinzessin kaiserin
astronaut: astronautin raumfahrer
robot: roboter
ghost: geist gespenst
skeleton: skelett
dancer: tänzerin tänzer ballerina
chef: koch köchin bäcker
farmer: bauer bäuerin gärtner schäfer schäferin hirte
angel: engel fee
mermaid: meerjungfrau nixe
snowman: schneemann
car: auto autos wagen
sports_car: sportwagen rennwagen
truck: lastwagen
bus: straßenbahn
train: zug züge dampflok lokomotive eisenbahn
bicycle: fahrrad fahrräder
motorcycle: motorrad
boat: boot boote ruderboot kahn
sailboat: segelboot segelschiff
ship: schiff schiffe piratenschiff
airplane: flugzeug flugzeuge
helicopter: hubschrauber
balloon: heißluftballon
rocket: rakete raketen
spaceship: raumschiff
sign: schild schilder
house: haus häuser villa dach dächer
cottage: hütte hütten holzhütte berghütte
barn: scheune stall
castle: burg schloss festung
tower: turm türme
lighthouse: leuchtturm leuchttürme
church: kirche dom kloster
temple: tempel ruine
windmill: windmühle windmühlen mühle
bridge: brücke brücken
skyscraper: hochhaus wolkenkratzer
pyramid: pyramide pyramiden
tent: zelt zelte
fence: zaun
ferris_wheel: riesenrad
tree: baum bäume eiche
pine: tanne tannen kiefer weihnachtsbaum
palm: palme palmen
willow: weide
blossom: kirschblüte kirschblüten kirschbaum
cactus: kaktus kakteen
flower: blume blumen
rose: rosen
sunflower: sonnenblume sonnenblumen
tulip: tulpe tulpen
mushroom: pilz pilze
wheat: weizen korn getreide
cup: tasse kaffee tee
teapot: teekanne kanne
bottle: flasche flaschen wein
book: buch bücher
candle: kerze kerzen
lamp: lampe laterne laternen
clock: uhr wecker
chair: stuhl stühle sessel
bench: bank parkbank
bed: bett
piano: klavier flügel
guitar: gitarre geige
umbrella: regenschirm schirm
crown: krone
door: tür türen
campfire: lagerfeuer feuer
party_balloon: luftballon luftballons
apple: apfel äpfel
lemon: zitrone zitronen
pear: birne birnen
bread: brot
cheese: käse
cake: kuchen torte
egg: ei eier
dish: schale schüssel korb teller
sun: sonne
moon: mond vollmond
stars: stern sterne sternenhimmel
planet: planeten
galaxy: milchstraße
aurora: nordlicht polarlicht nordlichter
rainbow: regenbogen
fireworks: feuerwerk
cloud: wolke wolken
lake: see teich
river: fluss bach
waterfall: wasserfall
sea: meer ozean
coast: küste klippe klippen hafen insel
beach: strand
mountains: berg berge gebirge alpen gipfel
volcano: vulkan
hills: hügel tal
meadow: wiese wiesen feld garten park
farm: bauernhof dorf
desert: wüste
forest: wald wälder
jungle: dschungel regenwald urwald
city: stadt städte skyline großstadt
street: straße gasse markt
road: landstraße weg autobahn
room: zimmer wohnzimmer schlafzimmer
windowsill: fensterbank fensterbrett
library: bibliothek klassenzimmer
kitchen: küche
corridor: flur gang korridor
cave: höhle
space: weltraum weltall
undersea: unter_wasser unterwasser meeresgrund
stage: bühne konzert
table: tisch stillleben holztisch
dawn: morgendämmerung
sunrise: sonnenaufgang
morning: morgen morgens
noon: mittag mittags
sunset: sonnenuntergang abend
dusk: dämmerung abenddämmerung
night: nacht nachts
after_rain: nach_dem_regen nach_dem_gewitter
rain: regen verregnet regnerisch
storm: sturm gewitter blitz
snow: schnee schneit verschneit verschneiten verschneiter verschneites
fog: nebel neblig
wind: windig
autumn: herbst
winter: winterlich
spring: frühling
summer: sommer
calm: ruhig still friedlich
joyful: fröhlich bunt lustig
scary: gruselig unheimlich dunkel
dreamy: verträumt magisch märchenhaft
oil: ölgemälde
watercolour: aquarell
ink: tusche zeichnung skizze
poster: plakat
red: rot rote roter rotes roten
orange: orangefarben
yellow: gelb gelbe gelber gelbes gelben
green: grün grüne grüner grünes grünen
blue: blau blaue blauer blaues blauen
purple: lila violett
pink: rosa
brown: braun braune brauner braunes
black: schwarz schwarze schwarzer schwarzes schwarzen
white: weiß weiße weißer weißes weißen
grey: grau graue grauer graues
one: ein eine einen einem einer
two: zwei
three: drei
four: vier
five: fünf
six: sechs
seven: sieben
eight: acht
nine: neun
ten: zehn
eleven: elf
twelve: zwölf
thirteen: dreizehn
fourteen: vierzehn
fifteen: fünfzehn
sixteen: sechzehn
seventeen: siebzehn
eighteen: achtzehn
nineteen: neunzehn
twenty: zwanzig
thirty: dreißig
hundred: hundert
dozen: dutzend
half_dozen: halbes_dutzend ein_halbes_dutzend
dozens: dutzende
hat: hut hüte mütze
big: groß große großer großes
small: klein kleine kleiner kleines
run: rennt läuft galoppiert
walk: geht spaziert
read: liest lesend lesender
fight: kämpft kämpfen kämpfend
ride: reitet reitend
sit: sitzt sitzend
fly: fliegt fliegen
swim: schwimmt
dance: tanzt
`;

/** Small words of German that mean nothing to a picture. */
export const GERMAN_SMALL =
  "der die das den dem des und im in am an auf unter über mit von vom zu zum zur bei neben vor hinter aus ist sind ohne kein keine keinen nicht";
