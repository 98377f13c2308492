/** Chinese words for entries of the English tables. Text without blanks is cut by longest match. */
export const CHINESE = `
fox: 狐狸 红狐
wolf: 狼
dog: 狗 小狗 犬
cat: 猫 小猫 猫咪
horse: 马 骏马
unicorn: 独角兽
cow: 牛 奶牛
sheep: 羊 绵羊
pig: 猪 小猪
deer: 鹿
bear: 熊
polar_bear: 北极熊
panda: 熊猫 大熊猫
elephant: 大象
giraffe: 长颈鹿
lion: 狮子
tiger: 老虎
monkey: 猴子
rabbit: 兔子
mouse: 老鼠
camel: 骆驼
dinosaur: 恐龙
dragon: 龙 巨龙
bird: 鸟 小鸟
eagle: 鹰 老鹰
owl: 猫头鹰
crow: 乌鸦
penguin: 企鹅
duck: 鸭子
swan: 天鹅
fish: 鱼 金鱼
shark: 鲨鱼
whale: 鲸鱼
dolphin: 海豚
jellyfish: 水母
octopus: 章鱼
turtle: 乌龟 海龟
crab: 螃蟹
frog: 青蛙
butterfly: 蝴蝶
bee: 蜜蜂
snake: 蛇
woman: 女人 女士
man: 男人
girl: 女孩 少女
boy: 男孩 孩子
person: 人 旅人
couple: 情侣 恋人
family: 家庭
old_man: 老人 渔夫 渔翁
wizard: 巫师 女巫
knight: 骑士
samurai: 武士
king: 国王 王子
queen: 女王 公主
astronaut: 宇航员
robot: 机器人
ghost: 幽灵 鬼
skeleton: 骷髅
dancer: 舞者 芭蕾舞者
chef: 厨师
angel: 天使
mermaid: 美人鱼
snowman: 雪人
car: 汽车
sports_car: 跑车
bus: 公交车
train: 火车
bicycle: 自行车
motorcycle: 摩托车
boat: 小船 渔船
sailboat: 帆船
ship: 海盗船 船
airplane: 飞机
helicopter: 直升机
balloon: 热气球
rocket: 火箭
spaceship: 飞船 太空船
ufo: 飞碟
house: 房子 房屋
cottage: 小屋 木屋
barn: 谷仓
castle: 城堡
tower: 塔
lighthouse: 灯塔
church: 教堂
temple: 神庙
pagoda: 宝塔 寺庙
windmill: 风车
bridge: 桥
skyscraper: 摩天大楼
pyramid: 金字塔
tent: 帐篷
ferris_wheel: 摩天轮
tree: 树 大树
pine: 松树 圣诞树
palm: 棕榈树
willow: 柳树
blossom: 樱花 樱花树
cactus: 仙人掌
bamboo: 竹子
flower: 花 鲜花
rose: 玫瑰
sunflower: 向日葵
tulip: 郁金香
lavender: 薰衣草
lotus: 荷花 莲花
mushroom: 蘑菇
wheat: 麦田 小麦
cup: 杯子 咖啡 茶
teapot: 茶壶
vase: 花瓶
bottle: 瓶子
book: 书
candle: 蜡烛
lamp: 灯笼 灯
clock: 时钟 钟
chair: 椅子
bench: 长椅
bed: 床
piano: 钢琴
guitar: 吉他
umbrella: 雨伞 伞
crown: 皇冠
door: 门
campfire: 篝火
apple: 苹果
orange_fruit: 橙子 橘子
lemon: 柠檬
pear: 梨
bread: 面包
cheese: 奶酪
cake: 蛋糕
dish: 碗 盘子
sun: 太阳
moon: 月亮 满月 明月
stars: 星星 星空
planet: 行星
galaxy: 银河 星系
aurora: 极光
rainbow: 彩虹
fireworks: 烟花
cloud: 云 白云
lake: 湖 湖泊 池塘
river: 河 河流 小溪
waterfall: 瀑布
sea: 大海 海洋 海
coast: 海岸 悬崖 港口 岛
beach: 海滩 沙滩
mountains: 山 高山 雪山 山脉
volcano: 火山
hills: 丘陵 山丘
meadow: 草地 田野 花园 公园
farm: 农场 村庄
desert: 沙漠
forest: 森林 树林
jungle: 丛林
city: 城市 都市
street: 街道 市场
road: 公路 道路
room: 房间 客厅
windowsill: 窗台
library: 图书馆
kitchen: 厨房
corridor: 走廊
cave: 洞穴
space: 太空 宇宙
undersea: 海底 水下
stage: 舞台
table: 桌子 静物
dawn: 黎明
sunrise: 日出
morning: 早晨
noon: 中午
sunset: 日落 夕阳 傍晚
dusk: 黄昏
night: 夜晚 夜 夜里
after_rain: 雨后
rain: 雨 下雨
storm: 暴风雨 闪电
snow: 雪 下雪
fog: 雾
autumn: 秋天 秋
winter: 冬天
spring: 春天
summer: 夏天
calm: 宁静 平静
joyful: 快乐
scary: 恐怖 黑暗
dreamy: 梦幻 魔法
oil: 油画
watercolour: 水彩 水彩画
ink: 水墨 水墨画
pixel: 像素
poster: 海报
red: 红色 红
orange: 橙色
yellow: 黄色 金色
green: 绿色
blue: 蓝色
purple: 紫色
pink: 粉色
brown: 棕色
black: 黑色
white: 白色
grey: 灰色
one: 一只 一个 一艘 一座 一条
two: 两只 两个
three: 三只 三个
four: 四只 四个
five: 五只 五个
six: 六只 六个
seven: 七只 七个
eight: 八只 八个
nine: 九只 九个
ten: 十只 十个
eleven: 十一只 十一个
twelve: 十二只 十二个
fifteen: 十五只 十五个
twenty: 二十只 二十个
hundred: 一百只 一百个
dozen: 一打
run: 奔跑
read: 读书 看书
fight: 战斗 打架
ride: 骑着
sit: 坐着
fly: 飞翔
swim: 游泳
dance: 跳舞
`;
