/**
 * What can be seen in a picture, in English. A line is `id: words | key=value …`; `_` stands for a
 * blank inside a word. `draw` names the painter, `kind` its variant, `h` the height in metres,
 * `in` the place that it implies, `c` its usual colour as lightness/chroma/hue.
 */
export const ENGLISH_SUBJECTS = `
# animal
fox: fox foxes vixen red_fox red_foxes | draw=beast kind=fox h=.7 c=.62/.16/50 in=forest
wolf: wolf wolves husky coyote | draw=beast kind=wolf h=1 c=.45/.02/250 in=forest
dog: dog dogs puppy puppies hound golden_retriever retriever corgi poodle labrador shepherd_dog german_shepherd | draw=beast kind=dog h=.8 c=.62/.10/65
cat: cat cats kitten kittens kitty feline tabby | draw=beast kind=cat h=.5 c=.60/.12/60
horse: horse horses pony mare stallion foal | draw=beast kind=horse h=2 c=.40/.08/50 in=meadow
unicorn: unicorn unicorns | draw=beast kind=unicorn h=2 c=.93/.02/320 in=meadow
zebra: zebra zebras | draw=beast kind=zebra h=1.7 c=.92/.01/90 in=savanna
donkey: donkey donkeys mule | draw=beast kind=horse h=1.4 c=.50/.02/60 in=meadow
cow: cow cows bull ox cattle calf bison buffalo yak | draw=beast kind=cow h=1.7 c=.92/.01/60 in=meadow
sheep: sheep lamb lambs ram alpaca llama | draw=beast kind=sheep h=1.1 c=.92/.02/85 in=meadow
goat: goat goats ibex | draw=beast kind=goat h=1.1 c=.80/.03/70 in=mountains
pig: pig pigs piglet boar hog | draw=beast kind=pig h=.9 c=.78/.08/15 in=meadow
deer: deer stag doe fawn elk moose reindeer caribou antelope gazelle | draw=beast kind=deer h=1.7 c=.50/.09/55 in=forest
bear: bear bears grizzly cub | draw=beast kind=bear h=1.7 c=.36/.06/50 in=forest
polar_bear: polar_bear polar_bears | draw=beast kind=bear h=1.7 c=.94/.02/90 in=ice
panda: panda pandas | draw=beast kind=panda h=1.3 c=.94/.01/90 in=forest
elephant: elephant elephants mammoth | draw=beast kind=elephant h=3.2 c=.55/.02/260 in=savanna
rhino: rhino rhinoceros hippo hippopotamus | draw=beast kind=rhino h=1.9 c=.52/.02/70 in=savanna
giraffe: giraffe giraffes | draw=beast kind=giraffe h=5 c=.76/.12/75 in=savanna
lion: lion lions lioness | draw=beast kind=lion h=1.3 c=.70/.12/70 in=savanna
tiger: tiger tigers | draw=beast kind=tiger h=1.2 c=.68/.17/55 in=jungle
leopard: leopard cheetah jaguar panther puma cougar | draw=beast kind=leopard h=1.1 c=.72/.12/75 in=savanna
monkey: monkey monkeys ape gorilla chimpanzee orangutan | draw=beast kind=monkey h=1 c=.40/.06/50 in=jungle
rabbit: rabbit rabbits bunny bunnies hare | draw=beast kind=rabbit h=.45 c=.70/.04/70 in=meadow
squirrel: squirrel squirrels chipmunk | draw=beast kind=squirrel h=.35 c=.52/.12/50 in=forest
mouse: mouse mice rat hamster hedgehog | draw=beast kind=mouse h=.2 c=.62/.02/60
camel: camel camels dromedary | draw=beast kind=camel h=2.2 c=.70/.09/70 in=desert
kangaroo: kangaroo wallaby | draw=beast kind=rabbit h=1.6 c=.58/.09/55 in=desert
crocodile: crocodile alligator lizard gecko iguana | draw=beast kind=crocodile h=.5 c=.45/.08/140 in=lake
dinosaur: dinosaur dinosaurs t-rex tyrannosaurus trex raptor | draw=dinosaur kind=rex h=5 c=.48/.09/140 in=jungle
brachiosaurus: brachiosaurus diplodocus sauropod long-necked_dinosaur | draw=dinosaur kind=sauropod h=9 c=.52/.07/150 in=jungle
dragon: dragon dragons wyvern | draw=dragon h=6 c=.45/.15/25 in=mountains
bird: bird birds songbird sparrow robin finch swallow hummingbird cardinal bluejay | draw=bird kind=song h=.3 c=.55/.13/30
eagle: eagle hawk falcon vulture condor kite_bird | draw=bird kind=eagle h=.9 c=.34/.05/50 in=mountains
owl: owl owls | draw=bird kind=owl h=.5 c=.50/.06/60 in=forest
crow: crow raven ravens crows magpie blackbird | draw=bird kind=crow h=.5 c=.20/.02/280
parrot: parrot macaw toucan cockatoo | draw=bird kind=parrot h=.6 c=.58/.22/28 in=jungle
gull: seagull seagulls gull gulls albatross pelican | draw=bird kind=gull h=.5 c=.94/.01/250 in=coast
dove: dove doves pigeon pigeons | draw=bird kind=song h=.35 c=.92/.01/250
penguin: penguin penguins | draw=bird kind=penguin h=1 c=.22/.02/260 in=ice
duck: duck ducks goose geese duckling | draw=bird kind=duck h=.5 c=.50/.10/150 in=lake
swan: swan swans | draw=bird kind=swan h=1 c=.96/.01/90 in=lake
flamingo: flamingo flamingos heron crane_bird stork | draw=bird kind=flamingo h=1.4 c=.76/.14/15 in=lake
chicken: chicken hen rooster cockerel turkey peacock | draw=bird kind=hen h=.6 c=.60/.13/45 in=farm
fish: fish fishes goldfish koi salmon clownfish tuna tropical_fish | draw=fish kind=fish h=.4 c=.70/.18/50 in=undersea
shark: shark sharks | draw=fish kind=shark h=1.2 c=.52/.03/245 in=undersea
whale: whale whales orca humpback | draw=fish kind=whale h=4 c=.38/.06/255 in=sea
dolphin: dolphin dolphins porpoise | draw=fish kind=dolphin h=1 c=.55/.05/245 in=sea
jellyfish: jellyfish medusa | draw=jellyfish h=1 c=.75/.14/330 in=undersea
octopus: octopus squid kraken | draw=octopus h=2 c=.55/.17/20 in=undersea
frog: frog frogs toad toads | draw=frog h=.3 c=.62/.18/138 in=lake
turtle: turtle tortoise sea_turtle | draw=turtle h=.6 c=.50/.10/140 in=undersea
crab: crab lobster crabs | draw=crab h=.2 c=.60/.20/30 in=beach
butterfly: butterfly butterflies moth | draw=butterfly h=.2 c=.68/.18/55 in=meadow
bee: bee bees bumblebee wasp ladybug beetle dragonfly firefly_insect | draw=bee h=.12 c=.82/.17/90 in=meadow
spider: spider spiders tarantula | draw=spider h=.2 c=.22/.03/30
snail: snail snails slug | draw=snail h=.15 c=.60/.09/60
snake: snake snakes serpent cobra python | draw=snake h=.4 c=.55/.15/135
# figure
woman: woman women lady girl_adult mother wife female  | draw=person kind=woman h=1.7
man: man men guy gentleman father husband male businessman grandfather | draw=person kind=man h=1.8
girl: girl girls daughter schoolgirl | draw=person kind=girl h=1.3
boy: boy boys son kid child children kids toddler baby | draw=person kind=boy h=1.25
person: person people someone somebody human figure traveller traveler hiker wanderer tourist character pedestrian individual adult | draw=person kind=coat h=1.75
couple: couple lovers friends pair_of_people | draw=person kind=couple h=1.75
family: family families | draw=person kind=family h=1.75
crowd: crowd crowds audience spectators protesters | draw=person kind=crowd h=1.75
old_man: old_man old_woman grandmother grandma elder fisherman sailor | draw=person kind=elder h=1.7
pirate: pirate pirates buccaneer captain | draw=person kind=pirate h=1.8
witch: witch witches | draw=person kind=witch h=1.7 c=.28/.06/300
wizard: wizard sorcerer mage magician druid | draw=person kind=wizard h=1.8 c=.35/.15/290
knight: knight knights warrior soldier gladiator viking paladin | draw=person kind=knight h=1.85 c=.62/.03/250
samurai: samurai ninja ronin monk | draw=person kind=samurai h=1.8 c=.25/.05/20
queen: queen princess empress duchess | draw=person kind=queen h=1.7 c=.45/.18/20
king: king prince emperor duke | draw=person kind=royal h=1.8 c=.45/.18/20
astronaut: astronaut astronauts cosmonaut spaceman | draw=person kind=astronaut h=1.9 c=.94/.01/250 in=space
robot: robot robots android cyborg mech droid | draw=robot h=1.9 c=.68/.04/235
alien: alien aliens extraterrestrial martian | draw=person kind=alien h=1.5 c=.65/.18/140 in=space
ghost: ghost ghosts spirit phantom spectre | draw=ghost h=1.8 c=.92/.02/230
skeleton: skeleton skull zombie vampire mummy | draw=person kind=skeleton h=1.8 c=.90/.02/90
superhero: superhero hero heroine superman batman | draw=person kind=hero h=1.85 c=.50/.20/25
dancer: dancer dancers ballerina ballet dancing_woman | draw=person kind=dancer h=1.7 c=.75/.10/0 in=stage
singer: singer musician rockstar band guitarist dj orchestra pianist violinist | draw=person kind=singer h=1.8 in=stage
chef: chef cook baker waiter barista | draw=person kind=chef h=1.8 c=.96/.01/90 in=kitchen
doctor: doctor nurse scientist | draw=person kind=doctor h=1.75 c=.95/.01/220
farmer: farmer cowboy gardener scarecrow shepherd shepherdess | draw=person kind=farmer h=1.8 c=.45/.09/250 in=farm
angel: angel fairy angels cupid | draw=person kind=angel h=1.7 c=.95/.02/90
mermaid: mermaid siren | draw=person kind=mermaid h=1.7 c=.60/.12/170 in=undersea
clown: clown jester santa santa_claus elf gnome | draw=person kind=clown h=1.7 c=.55/.21/27
snowman: snowman snowmen | draw=snowman h=1.8 c=.97/.01/240 in=snowfield
monster: monster monsters creature beast ogre troll yeti goblin demon | draw=monster h=3 c=.45/.12/140
teddy: teddy teddy_bear plush toy_bear | draw=teddy h=.6 c=.60/.10/60
runner: runner athlete player jogger skater skier surfer cyclist swimmer climber | draw=person kind=runner h=1.75 c=.60/.20/30
# vehicle
car: car cars automobile sedan taxi cab hatchback | draw=car kind=sedan h=1.5 c=.55/.21/27 in=road
sports_car: sports_car supercar race_car racecar roadster ferrari lamborghini porsche convertible cybertruck tesla | draw=car kind=sport h=1.2 c=.58/.22/27 in=road
truck: truck lorry pickup van camper rv fire_truck ambulance | draw=car kind=truck h=2.4 c=.52/.15/250 in=road
bus: bus buses tram trolley streetcar | draw=car kind=bus h=3 c=.60/.20/30 in=street
tractor: tractor bulldozer excavator | draw=car kind=tractor h=2.5 c=.55/.17/140 in=farm
train: train trains locomotive railway subway metro steam_train train_station | draw=train h=3.5 c=.42/.14/25 in=railway
bicycle: bicycle bike bikes bicycles | draw=bicycle h=1.1 c=.55/.18/25
motorcycle: motorcycle motorbike scooter vespa | draw=motorcycle h=1.2 c=.45/.19/25 in=road
boat: boat boats rowboat rowing_boat canoe kayak gondola dinghy raft | draw=boat kind=row h=1 c=.45/.10/45 in=lake
sailboat: sailboat sailboats yacht sailing_boat sailing | draw=boat kind=sail h=9 c=.97/.01/90 in=sea
ship: ship ships galleon sailing_ship pirate_ship frigate caravel viking_ship | draw=boat kind=galleon h=16 c=.36/.06/50 in=sea
steamer: cruise_ship ferry steamer freighter tanker ocean_liner battleship titanic | draw=boat kind=steamer h=16 c=.94/.01/250 in=sea
submarine: submarine submarines | draw=submarine h=4 c=.75/.15/90 in=undersea
airplane: airplane plane airplanes aeroplane jet planes aircraft biplane glider | draw=airplane h=4 c=.93/.01/250 in=sky
helicopter: helicopter helicopters drone_aircraft | draw=helicopter h=3 c=.50/.15/250 in=sky
balloon: hot_air_balloon hot-air_balloon balloon_ride hot_air_balloons airship zeppelin blimp | draw=airballoon h=18 c=.60/.21/27 in=sky
rocket: rocket rockets missile space_shuttle | draw=rocket h=20 c=.93/.01/250
spaceship: spaceship spaceships starship spacecraft satellite space_station | draw=spaceship h=8 c=.70/.02/250 in=space
ufo: ufo flying_saucer saucer ufos | draw=ufo h=4 c=.65/.03/250
carriage: carriage wagon cart sleigh chariot | draw=carriage h=2 c=.42/.10/40
# building
house: house houses home mansion villa farmhouse building_small bungalow roof roofs | draw=house kind=house h=7 c=.88/.03/80
cottage: cottage cabin hut log_cabin lodge chalet shack | draw=house kind=cabin h=5 c=.42/.07/55 in=forest
barn: barn stable shed warehouse | draw=house kind=barn h=8 c=.48/.17/27 in=farm
castle: castle castles fortress citadel palace chateau | draw=castle h=30 c=.62/.03/70 in=hills
tower: tower towers turret minaret belfry clock_tower big_ben | draw=tower h=30 c=.62/.03/70
lighthouse: lighthouse lighthouses beacon | draw=lighthouse h=24 c=.95/.01/90 in=coast
church: church cathedral chapel abbey monastery | draw=church h=22 c=.82/.02/80
temple: temple shrine parthenon acropolis ruins ruin columns | draw=temple h=14 c=.86/.03/85
pagoda: pagoda japanese_temple torii dojo chinese_temple | draw=pagoda h=20 c=.45/.17/28
mosque: mosque taj_mahal dome | draw=mosque h=22 c=.93/.02/85
windmill: windmill windmills mill wind_turbine turbines | draw=windmill h=18 c=.88/.02/80 in=meadow
viaduct: viaduct viaducts aqueduct aqueducts stone_bridge railway_bridge | draw=viaduct h=22 c=.66/.045/75 in=hills
bridge: bridge bridges golden_gate | draw=bridge h=10 c=.50/.15/30 in=river
skyscraper: skyscraper skyscrapers high-rise tower_block | draw=skyscraper h=160 c=.40/.03/250 in=city
eiffel: eiffel_tower eiffel paris | draw=eiffel h=90 c=.36/.04/60 in=city
pyramid: pyramid pyramids | draw=pyramid h=70 c=.74/.09/75 in=desert
sphinx: sphinx obelisk monolith monument statue | draw=statue h=12 c=.62/.03/90
tent: tent tents camp campsite camping teepee yurt circus | draw=tent h=2.4 c=.62/.17/50 in=meadow
igloo: igloo igloos | draw=igloo h=2.5 c=.95/.02/230 in=snowfield
well: well fountain | draw=fountain h=3 c=.70/.02/80
gate: gate arch archway portal doorway gateway | draw=arch h=6 c=.60/.03/70
fence: fence fences wall_stone | draw=fence h=1.2 c=.55/.05/60
ferris_wheel: ferris_wheel carousel rollercoaster amusement_park carnival fairground | draw=ferris h=40 c=.60/.20/0
`;
