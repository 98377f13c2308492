/** Spanish words for entries of the English tables: `id: words`, `_` for a blank inside a word. */
export const SPANISH = `
fox: zorro zorros
wolf: lobo lobos
dog: perro perros cachorro
cat: gato gatos gatito
horse: caballo caballos yegua
unicorn: unicornio
cow: vaca vacas toro
sheep: oveja ovejas cordero
goat: cabra cabras
pig: cerdo cerdos
deer: ciervo ciervos
bear: oso osos
elephant: elefante elefantes
giraffe: jirafa jirafas
lion: león leones
tiger: tigre tigres
monkey: mono monos
rabbit: conejo conejos
squirrel: ardilla
mouse: ratón ratones
camel: camello camellos
dinosaur: dinosaurio
dragon: dragón dragones
bird: pájaro pájaros ave aves
eagle: águila
owl: búho lechuza
crow: cuervo cuervos
penguin: pingüino pingüinos
duck: pato patos
swan: cisne cisnes
fish: pez peces
shark: tiburón
whale: ballena ballenas
dolphin: delfín delfines
jellyfish: medusa medusas
octopus: pulpo
turtle: tortuga tortugas
crab: cangrejo
frog: rana ranas sapo
butterfly: mariposa mariposas
bee: abeja abejas
snake: serpiente
woman: mujer mujeres señora
man: hombre hombres señor
girl: niña niñas chica
boy: niño niños chico
person: persona gente
couple: pareja enamorados
family: familia
old_man: anciano abuelo abuela pescador
wizard: mago bruja
knight: caballero guerrero
king: rey príncipe
queen: reina princesa
astronaut: astronauta astronautas
ghost: fantasma fantasmas
skeleton: esqueleto
dancer: bailarina bailarín
chef: cocinero
angel: ángel hada
mermaid: sirena
snowman: muñeco_de_nieve
car: coche coches
sports_car: coche_deportivo
truck: camión
bus: autobús tranvía
train: tren trenes
bicycle: bicicleta
motorcycle: motocicleta
boat: barca bote
sailboat: velero
ship: barco barcos barco_pirata
airplane: avión aviones
helicopter: helicóptero
balloon: globo_aerostático
rocket: cohete
spaceship: nave_espacial
farmer: pastor pastora
sign: letrero
hat: sombrero sombreros
house: casa casas tejado tejados
cottage: cabaña
barn: granero
castle: castillo castillos
tower: torre torres
lighthouse: faro faros
church: iglesia catedral
temple: templo ruinas
windmill: molino molino_de_viento
bridge: puente puentes
skyscraper: rascacielos
pyramid: pirámide pirámides
tent: tienda_de_campaña
tree: árbol árboles roble
pine: pino pinos
palm: palmera palmeras
blossom: cerezo_en_flor cerezos
flower: flor flores
rose: rosa_roja rosas
sunflower: girasol girasoles
tulip: tulipán tulipanes
mushroom: seta hongo
wheat: trigo
cup: taza café té
teapot: tetera
vase: jarrón florero
bottle: botella vino
book: libro libros
candle: vela velas
lamp: lámpara farol
clock: reloj
chair: silla
bench: banco
bed: cama
guitar: guitarra violín
umbrella: paraguas
crown: corona
door: puerta puertas
campfire: hoguera fogata fuego
party_balloon: globo globos
apple: manzana manzanas
orange_fruit: naranjas
lemon: limón limones
pear: pera peras
bread: pan
cheese: queso
cake: pastel tarta
dish: cuenco plato cesta
sun: sol
moon: luna luna_llena
stars: estrella estrellas
planet: planetas
galaxy: galaxia vía_láctea
aurora: aurora_boreal
rainbow: arcoíris arco_iris
fireworks: fuegos_artificiales
cloud: nube nubes
lake: lago estanque
river: río arroyo
waterfall: cascada
sea: mar océano
coast: costa acantilado puerto isla
beach: playa
mountains: montaña montañas cordillera
volcano: volcán
hills: colina colinas valle
meadow: prado campo jardín parque
farm: granja pueblo aldea
desert: desierto
forest: bosque
jungle: selva
city: ciudad
street: calle mercado
road: carretera camino
room: habitación salón
windowsill: alféizar
library: biblioteca
kitchen: cocina
corridor: pasillo
cave: cueva
space: espacio
undersea: bajo_el_mar bajo_el_agua
stage: escenario concierto
table: mesa bodegón
dawn: amanecer alba
morning: mañana
noon: mediodía
sunset: atardecer ocaso
dusk: anochecer crepúsculo
night: noche nocturno
after_rain: después_de_la_lluvia tras_la_lluvia
rain: lluvia lluvioso
storm: tormenta relámpago
snow: nieve nevado nevada nevando
fog: niebla
autumn: otoño
winter: invierno
spring: primavera
summer: verano
calm: tranquilo tranquila sereno
joyful: alegre feliz
scary: oscuro oscura tenebroso
dreamy: mágico mágica de_ensueño
oil: óleo pintura_al_óleo
watercolour: acuarela
ink: tinta dibujo
poster: cartel
red: rojo roja rojos rojas
orange: naranja anaranjado
yellow: amarillo amarilla amarillos
green: verde verdes
blue: azul azules
purple: morado morada
pink: rosado rosada
brown: marrón
black: negro negra negros
white: blanco blanca blancos
grey: gris
one: un una uno
two: dos
three: tres
four: cuatro
five: cinco
six: seis
seven: siete
eight: ocho
nine: nueve
ten: diez
eleven: once
twelve: doce
thirteen: trece
fourteen: catorce
fifteen: quince
sixteen: dieciséis
seventeen: diecisiete
eighteen: dieciocho
nineteen: diecinueve
twenty: veinte
thirty: treinta
hundred: cien
half_dozen: media_docena
dozen: docena
dozens: docenas
big: grande gran
small: pequeño pequeña
run: corre corriendo
walk: camina caminando
read: lee leyendo
fight: lucha luchando pelea peleando
ride: monta montando
sit: sentado sentada
fly: vuela volando
dance: baila bailando
`;

/** Small words of Spanish that mean nothing to a picture. */
export const SPANISH_SMALL =
  "el la los las de del en y con sobre bajo por para al entre sin junto un su sus que es está";
