/** Places, time, weather, moods, looks, colours and directions, in English. */
export const ENGLISH_SCENE = `
# place
lake: lake lakes pond lagoon loch reservoir lakeside | set=lake
river: river rivers stream creek brook canal riverside riverbank | set=river
waterfall: waterfall waterfalls cascade | set=waterfall
sea: sea ocean seas oceans open_sea seascape atlantic pacific | set=sea
coast: coast cliff cliffs shore seaside coastal harbor harbour port bay fjord pier island islands | set=coast
beach: beach beaches sand_beach tropical tropical_island shoreline maldives hawaii | set=beach
mountains: mountain mountains peak peaks alps alpine summit ridge himalaya everest mount_fuji fuji rocky_mountains highlands | set=mountains
volcano: volcano volcanoes lava eruption volcanic | set=volcano
hilltop: on_a_hill on_the_hill on_a_hilltop on_a_green_hill on_a_mountain hilltop atop_a_hill | set=hills
hills: hill hills hillside valley rolling_hills countryside tuscany moor | set=hills
meadow: meadow meadows field fields pasture prairie grass grassland garden gardens park lawn | set=meadow
orchard: orchard orchards apple_orchard cherry_orchard | set=meadow
farm: farm farmland ranch village rural hamlet | set=farm
savanna: savanna savannah safari africa serengeti steppe | set=savanna
desert: desert deserts dune dunes sahara oasis sand mesa canyon grand_canyon badlands arizona | set=desert
forest: forest forests woods woodland grove redwoods taiga enchanted_forest wood | set=forest
jungle: jungle rainforest amazon swamp | set=jungle
snowfield: snowfield tundra winter_landscape ski_slope snowy_field | set=snowfield
shallows: shallow_water shallows in_the_water surf | set=lake
windowsill: window_sill windowsill sill window_ledge at_the_window | set=room
ice: glacier iceberg icebergs antarctica arctic ice frozen polar | set=ice
city: city cities skyline metropolis downtown cityscape manhattan new_york tokyo london hong_kong shanghai chicago dubai cyberpunk_city futuristic_city urban buildings rooftop rooftops town | set=city
street: street streets alley alleyway sidewalk market marketplace avenue boulevard shibuya times_square square plaza | set=street
road: road roads highway freeway route_66 motorway lane path trail racetrack | set=road
railway: railway railroad tracks station | set=railway
room: room living_room bedroom interior indoors inside apartment lounge attic hotel_room parlor studio | set=room
library: library bookshop bookstore study archive bookshelves classroom school | set=library
kitchen: kitchen bakery restaurant diner cafe café bar pub coffee_shop | set=kitchen
office: office lab laboratory workshop workspace garage | set=room
corridor: corridor hallway corridors hall passage tunnel | set=corridor
cave: cave cavern grotto dungeon mine | set=cave
space: space outer_space universe cosmic interstellar orbit deep_space galaxy_scene | set=space
moonscape: moon_surface lunar lunar_surface on_the_moon moonscape crater | set=moonscape
marscape: mars_surface on_mars red_planet martian_landscape alien_planet alien_world alien_desert alien_landscape mars_desert | set=marscape
undersea: underwater undersea under_the_sea under_water under_the_water sea_floor seafloor bottom_of_the_sea under_the_waves coral coral_reef reef seabed ocean_floor deep_sea aquarium kelp atlantis | set=undersea
stage: stage concert theater theatre spotlight nightclub club arena stadium disco opera | set=stage
table: table still_life tabletop countertop wooden_table | set=table
sky: sky skies above_the_clouds in_the_air flying_island heaven floating_island | set=sky
abstract: abstract pattern geometric shapes fractal swirl swirls texture background wallpaper generative | set=abstract
backdrop: portrait headshot studio_portrait plain_background white_background profile close_portrait | set=backdrop
windowlight: by_the_window by_a_window near_the_window near_a_window next_to_a_window beside_the_window beside_a_window at_a_window in_the_window |
branch: on_a_branch on_the_branch on_a_twig on_branches |
just_one: one_of_them one_of_the one_of_which only_one just_one |
# time
dawn: dawn daybreak first_light early_morning | hour=5.6
sunrise: sunrise sun_rises rising_sun | hour=6.3
morning: morning | hour=9
noon: noon midday day daylight daytime | hour=12
afternoon: afternoon | hour=15.5
golden_hour: golden_hour golden_light late_afternoon | hour=18
sunset: sunset sundown setting_sun sunsets evening | hour=18.8
dusk: dusk twilight nightfall gloaming | hour=19.6
blue_hour: blue_hour | hour=20.2
night: night nighttime nights moonlight midnight nocturnal dark_sky | hour=23
# weather
rain: rain rainy raining rainstorm drizzle downpour wet shower rain-soaked | w=rain
storm: storm stormy thunderstorm thunder lightning tempest hurricane tornado | w=storm
snow: snow snowy snowing snowfall snowflakes blizzard snow-covered snow-capped snowcapped | w=snow
fog: fog foggy mist misty haze hazy smoke smoky steam | w=fog
wind: wind windy breeze breezy gust | w=wind
overcast: overcast cloudy grey_sky gray_sky gloomy_sky | w=overcast
clear: clear cloudless sunny bright | w=clear
leaves: falling_leaves leaves foliage | w=leaves
petals_fall: falling_petals petals_falling | w=petals
fireflies: fireflies firefly glowing_lights sparkles magic_dust glitter | w=fireflies
embers: embers sparks ash | w=embers
confetti: confetti streamers party celebration birthday | w=confetti
bubbles: bubbles bubble | w=bubbles
# season
spring: spring springtime in_bloom in_blossom blooming bloom | season=spring
summer: summer summertime midsummer | season=summer
autumn: autumn fall autumnal october november halloween | season=autumn
winter: winter wintry christmas december xmas | season=winter
# mood
calm: calm peaceful serene tranquil quiet gentle relaxing cozy cosy soft meditative lazy sleepy | m=calm
joyful: joyful happy cheerful playful fun funny bright_colors vibrant colorful colourful cute adorable whimsical lively smiling laughing | m=joyful
sad: sad lonely melancholy melancholic sorrow mournful alone solitary abandoned nostalgic | m=sad
scary: scary spooky horror creepy dark eerie haunted sinister gothic ominous nightmare | m=scary
epic: epic dramatic majestic grand heroic cinematic powerful monumental breathtaking legendary | m=epic
dreamy: dreamy dream dreamlike ethereal magical magic surreal fantasy mystical enchanted fairytale fairy_tale mysterious | m=dreamy
romantic: romantic tender lovely | m=joyful
# look
oil: oil_painting oil oil_on_canvas van_gogh impasto painterly brushstrokes rembrandt | look=oil
impressionist: impressionist impressionism monet renoir | look=oil
watercolour: watercolor watercolour watercolors aquarelle gouache | look=watercolour
ink: ink sketch drawing pencil charcoal etching engraving line_art linework hatching pen_drawing comic manga | look=ink
lowpoly: low_poly low-poly lowpoly polygonal isometric polygon 3d_render | look=lowpoly
pixel: pixel_art pixel 8-bit 8bit 16-bit pixelated retro_game | look=pixel
poster: poster screenprint screen_print travel_poster vintage_poster flat_design vector flat minimalist minimal linocut woodcut ukiyo-e | look=poster
neon: neon cyberpunk synthwave vaporwave retrowave outrun | look=neon
noir: noir film_noir black_and_white black-and-white monochrome b&w greyscale grayscale | look=noir
sepia: sepia vintage old_photo antique retro daguerreotype | look=sepia
anime: anime ghibli studio_ghibli cartoon animated disney pixar | look=anime
stained: stained_glass mosaic | look=stained
papercut: paper_cut papercut paper-cut paper_art collage origami_style | look=papercut
photo: photo photograph photorealistic realistic dslr photography hyperrealistic 35mm bokeh | look=photo
pop: pop_art warhol comic_book | look=pop
blueprint: blueprint technical_drawing schematic | look=blueprint
# colour
red: red crimson scarlet vermilion ruby_red | c=.55/.21/27
orange: orange tangerine_color amber | c=.72/.18/55
yellow: yellow golden gold | c=.86/.17/92
green: green emerald_green lime_green olive | c=.58/.17/142
teal: teal turquoise cyan aqua | c=.70/.11/195
blue: blue azure cobalt navy sapphire_blue | c=.52/.17/255
purple: purple violet lilac indigo mauve | c=.48/.19/300
pink: pink magenta fuchsia rosy | c=.74/.17/355
brown: brown chestnut bronze wooden | c=.42/.08/55
black: black ebony jet-black | c=.17/.01/280
white: white ivory snow-white | c=.96/.01/90
grey: grey gray silver metallic chrome | c=.62/.01/250
pastel: pastel pastels | c=.86/.07/330
# count
one: a an one single | n=1
two: two both pair twin twins couple_of | n=2
three: three trio few | n=3
four: four | n=4
five: five several | n=5
six: six | n=6
seven: seven | n=7
eight: eight | n=8
nine: nine many | n=9
ten: ten | n=10
dozen: dozen dozens lots hundreds countless | n=18
flock: flock herd swarm group school_of | n=12
# size
huge: huge giant gigantic enormous massive colossal towering | s=1.6
big: big large tall | s=1.25
small: small little short | s=.7
tiny: tiny miniature mini minuscule distant | s=.45
# camera
pan: pan panning pans | cam=pan
zoom_in: zoom zooms zoom_in zooming push_in dolly_in dolly close-up closeup macro extreme_close-up | cam=in
zoom_out: zoom_out pull_back dolly_out wide_shot wide_angle pulls_back reveals | cam=out
orbit: orbit orbiting circling rotates | cam=orbit
crane: crane_shot rising_shot tilt_up ascending lifts | cam=up
aerial: aerial drone drone_shot bird's-eye birds_eye flyover fly_over from_above | cam=aerial
handheld: handheld shaky | cam=hand
static: static still fixed locked | cam=static
tracking: tracking follow following follows tracking_shot | cam=track
# motion
run: running runs run sprinting sprints racing jogging jogs chasing chases gallop gallops galloping rushing dashing | go=run
walk: walking walks strolling wandering wanders marching crossing_walk grazing | go=walk
fly: flying flies soaring gliding hovering floating drifting floats | go=fly
swim: swimming swims diving | go=swim
dance: dancing dances spinning twirling | go=dance
jump: jumping jumps leaping leaps bouncing hops | go=jump
hang: hanging hangs hung | go=hang
fall: falling | go=fall
sit: sitting sits sit seated resting | go=sit
sleep: sleeping sleeps asleep lying lies curled napping dozing | go=sleep
read: reading reads | go=read
fight: fighting fights fight battling battles dueling duelling duel attacking slaying | go=fight
row: rowing rows paddling | go=row
play: playing plays strumming | go=play
fish_with_rod: fishing angling | go=fish
hold: holding holds carrying carries | go=hold
howl: howling howls | go=howl
eat: eating eats munching nibbling | go=eat
wave: waving waves_hand greeting cheering | go=wave
ride: riding rides | go=ride
drive: driving drives cruising speeding | go=run
`;
