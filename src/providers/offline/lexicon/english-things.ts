/** Plants, objects, food and things in the sky, in English; the form is that of the subjects. */
export const ENGLISH_THINGS = `
# plant
tree: tree trees oak oaks maple elm birch linden beech | draw=tree kind=oak h=9 c=.45/.12/135
pine: pine pines fir spruce conifer evergreen christmas_tree cedar | draw=tree kind=pine h=12 c=.34/.08/155
palm: palm palms palm_tree palm_trees coconut_tree | draw=tree kind=palm h=9 c=.50/.13/140 in=beach
willow: willow weeping_willow | draw=tree kind=willow h=9 c=.52/.12/125
blossom: cherry_blossom cherry_blossoms cherry_tree sakura blossom blossoms blossoming magnolia | draw=tree kind=blossom h=7 c=.84/.10/355 in=meadow
dead_tree: dead_tree bare_tree old_tree gnarled_tree | draw=tree kind=bare h=8 c=.25/.02/50
bonsai: bonsai | draw=tree kind=bonsai h=.8 c=.40/.11/140
cactus: cactus cacti saguaro agave aloe | draw=cactus h=3 c=.48/.11/145 in=desert
bamboo: bamboo | draw=bamboo h=8 c=.55/.13/130 in=forest
bush: bush bushes shrub hedge | draw=bush h=1.3 c=.42/.11/140
flower: flower flowers wildflowers bouquet petals daisy daisies lily poppy poppies orchid | draw=flower kind=daisy h=.5 c=.72/.19/10 in=meadow
rose: rose roses | draw=flower kind=rose h=.6 c=.52/.21/22
sunflower: sunflower sunflowers | draw=flower kind=sunflower h=1.7 c=.86/.18/90 in=meadow
tulip: tulip tulips | draw=flower kind=tulip h=.5 c=.60/.22/25 in=meadow
lavender: lavender lavenders heather | draw=flower kind=lavender h=.6 c=.58/.15/300 in=meadow
lotus: lotus water_lily waterlily lily_pad | draw=flower kind=lotus h=.4 c=.84/.10/350 in=lake
mushroom: mushroom mushrooms toadstool fungus fungi | draw=mushroom h=.4 c=.55/.21/27 in=forest
corn: corn maize cornfield cornstalks | draw=corn h=2.2 c=.50/.13/128 in=meadow
wheat: wheat barley grain crops rice_field vineyard | draw=wheat h=1 c=.80/.14/85 in=meadow
fern: fern ferns moss ivy leaves_plant | draw=bush h=.8 c=.48/.13/135 in=forest
potted_plant: potted_plant houseplant plant plants flowerpot monstera succulent | draw=potted h=.8 c=.45/.12/145 in=room
# object
cup: cup mug coffee tea espresso latte cappuccino hot_chocolate teacup | draw=cup h=.12 c=.93/.02/80 in=table
teapot: teapot kettle pot jug pitcher | draw=teapot h=.2 c=.55/.09/230 in=table
vase: vase amphora urn | draw=vase h=.4 c=.50/.11/245 in=table
bottle: bottle bottles glass_bottle wine perfume whiskey potion flask | draw=bottle h=.35 c=.38/.09/145 in=table
glass: glass wine_glass goblet cocktail juice lemonade beer champagne martini | draw=wineglass h=.25 c=.62/.18/30 in=table
book: book books novel diary notebook | draw=book h=.3 c=.42/.13/25 in=table
candle: candle candles candlelight | draw=candle h=.25 c=.93/.04/85 in=table
lamp: lamp lantern lanterns lampshade chandelier streetlight | draw=lantern h=.6 c=.80/.14/75
clock: clock clocks watch pocket_watch alarm_clock hourglass | draw=clock h=.4 c=.80/.10/85 in=table
chair: chair chairs armchair throne stool seat | draw=chair h=1 c=.45/.10/40 in=room
bench: bench benches park_bench | draw=bench h=.9 c=.48/.09/50
sofa: sofa couch | draw=sofa h=.9 c=.50/.10/200 in=room
bed: bed pillow | draw=bed h=.9 c=.85/.03/250 in=room
desk: desk table_furniture workbench | draw=desk h=.8 c=.50/.08/55 in=room
piano: piano grand_piano keyboard_instrument | draw=piano h=1.3 c=.16/.01/280 in=stage
violin: violin violins fiddle viola cello | draw=violin h=.6 c=.50/.13/45 in=table
guitar: guitar ukulele banjo lute | draw=guitar h=1 c=.55/.14/55 in=stage
trumpet: trumpet saxophone horn trombone | draw=trumpet h=.5 c=.80/.14/85 in=stage
drum: drum drums drum_kit | draw=drum h=.8 c=.50/.20/25 in=stage
umbrella: umbrella umbrellas parasol | draw=umbrella h=1.1 c=.55/.22/27
key: key keys | draw=key h=.1 c=.80/.13/85 in=table
crown: crown tiara | draw=crown h=.25 c=.84/.15/88 in=table
crystal: crystal crystals quartz amethyst glowing_crystal | draw=crystal h=.8 c=.80/.13/200 in=cave
diamond: diamond gem jewel ruby emerald sapphire engagement_ring necklace | draw=diamond h=.2 c=.82/.10/220 in=table
ball: ball football soccer basketball tennis_ball sphere orb marble bubble_object | draw=ball h=.3 c=.60/.20/45
gift: gift present presents parcel box_gift chest treasure treasure_chest | draw=gift h=.4 c=.55/.21/25 in=table
party_balloon: balloon balloons | draw=balloons h=2.4 c=.62/.23/27
camera_object: camera_object vintage_camera polaroid photo_camera | draw=camera h=.2 c=.22/.01/60 in=table
phone: phone smartphone telephone iphone tablet | draw=phone h=.18 c=.18/.01/260 in=table
computer: computer laptop screen monitor television tv | draw=laptop h=.35 c=.70/.01/250 in=table
shoe: shoe shoes sneaker sneakers boots boot | draw=shoe h=.15 c=.60/.20/25 in=table
hat: hat cap helmet | draw=hat h=.2 c=.30/.04/40 in=table
glasses: glasses sunglasses goggles | draw=glasses h=.08 c=.15/.01/260 in=table
sword: sword dagger blade katana excalibur axe | draw=sword h=1 c=.80/.02/240
shield: shield armor armour | draw=shield h=1 c=.50/.15/250
anchor: anchor compass wheel_ship | draw=anchor h=1 c=.40/.03/240
heart: heart hearts love valentine | draw=heart h=.5 c=.58/.23/22
star_object: star_shape golden_star | draw=starshape h=.5 c=.86/.17/90
logo: logo emblem badge icon symbol | draw=emblem h=.5 c=.55/.18/250
gear: gear gears cog machine engine steampunk_machine clockwork | draw=gear h=.6 c=.60/.09/60
light_bulb: light_bulb lightbulb bulb idea | draw=bulb h=.2 c=.90/.13/90
telescope: telescope microscope | draw=telescope h=1.2 c=.60/.11/75
sign: sign signs signpost signboard billboard road_sign street_sign placard | draw=sign h=1.6 c=.50/.08/55
mirror: mirror painting picture_frame portrait_frame window_object | draw=frame h=1 c=.68/.12/80 in=room
door: door doors | draw=door h=2.1 c=.45/.12/250 in=corridor
stairs: stairs staircase steps ladder spiral_staircase | draw=stairs h=3 c=.60/.04/70
campfire: campfire bonfire fire flames fireplace flame | draw=campfire h=1 c=.75/.19/55 in=meadow
snow_globe: snow_globe crystal_ball globe | draw=globe h=.3 c=.70/.08/220 in=table
flag: flag flags banner | draw=flag h=4 c=.55/.21/27
kite: kite kites | draw=kite h=1.2 c=.62/.21/30 in=sky
paper_boat: paper_boat origami paper_plane | draw=origami h=.3 c=.96/.01/90
swing: swing hammock | draw=swing h=3 c=.45/.07/55
# food
apple: apple apples | draw=fruit kind=apple h=.1 c=.55/.21/27 in=table
orange_fruit: orange_fruit oranges orange_slice tangerine mandarin peach apricot | draw=fruit kind=orange h=.1 c=.74/.17/58 in=table
lemon: lemon lemons lime citrus | draw=fruit kind=lemon h=.09 c=.88/.17/100 in=table
pear: pear pears avocado | draw=fruit kind=pear h=.12 c=.76/.15/115 in=table
grapes: grapes grape berries blueberries | draw=grapes h=.15 c=.38/.13/310 in=table
strawberry: strawberry strawberries raspberry | draw=fruit kind=strawberry h=.06 c=.56/.23/24 in=table
cherry: cherry cherries | draw=fruit kind=cherry h=.08 c=.45/.20/20 in=table
banana: banana bananas | draw=banana h=.15 c=.88/.16/95 in=table
watermelon: watermelon melon pumpkin pumpkins | draw=fruit kind=pumpkin h=.3 c=.68/.18/52 in=table
pineapple: pineapple mango papaya | draw=pineapple h=.35 c=.78/.15/80 in=table
fruit: fruit fruits fruit_bowl bowl_of_fruit bowl_of_fruits basket_of_fruit | draw=fruitbowl h=.3 c=.60/.08/60 in=table
dish: bowl bowls plate basket basin | draw=dish h=.14 c=.60/.08/60 in=table
bread: bread loaf croissant baguette toast bun | draw=bread h=.12 c=.68/.12/65 in=table
cheese: cheese | draw=cheese h=.12 c=.86/.14/90 in=table
cake: cake cupcake birthday_cake pie muffin dessert pancakes | draw=cake h=.25 c=.86/.07/10 in=table
ice_cream: ice_cream icecream gelato popsicle | draw=icecream h=.25 c=.86/.08/350
pizza: pizza | draw=pizza h=.3 c=.78/.15/75 in=table
burger: burger hamburger cheeseburger sandwich hot_dog taco | draw=burger h=.15 c=.66/.13/62 in=table
sushi: sushi noodles ramen soup bowl_of_soup bowl_of_rice bowl_of_noodles bowl_of_ramen rice pasta spaghetti salad meal dinner breakfast | draw=bowl h=.12 c=.40/.11/25 in=table
donut: donut doughnut cookie cookies macaron candy lollipop chocolate | draw=donut h=.08 c=.76/.13/355 in=table
egg: egg eggs easter_egg | draw=egg h=.08 c=.92/.03/75 in=table
carrot: carrot carrots vegetable vegetables tomato tomatoes pepper | draw=carrot h=.2 c=.70/.18/52 in=table
# sky
sun: sun sunlight sunshine sunbeam | draw=sun
moon: moon crescent full_moon moonlit | draw=moon
stars: star stars starry starlight constellation constellations starry_sky | draw=stars
planet: planet planets ring rings ringed saturn jupiter mars earth venus exoplanet | draw=planet in=space
galaxy: galaxy galaxies milky_way nebula cosmos black_hole | draw=galaxy in=space
comet: comet meteor meteors shooting_star asteroid meteorite | draw=comet
aurora: aurora northern_lights aurora_borealis | draw=aurora
rainbow: rainbow rainbows | draw=rainbow
fireworks: fireworks firework | draw=fireworks
cloud: cloud clouds cumulus | draw=clouds
eclipse: eclipse solar_eclipse | draw=eclipse
`;
