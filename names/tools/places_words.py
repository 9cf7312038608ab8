"""What gen_places.py knows of languages: their scripts and alphabets, and the frequent words that are names of towns too.

FREQUENT: gen_places.py leaves such names of smaller places out. Per language, function words and frequent words that begin
sentences, by hand, as an addition to the words of the CLDR annotations, which name everyday things. Not a list of stop words: only
what some town or region is called, or may be, matters.

SPDX-License-Identifier: MIT
"""

# Function words and other frequent words that begin sentences, beside those that the CLDR annotations give.
FREQUENT = {
    "en": "a about after all also an and any are as at back bad be been best big both but buy by can come data date day did do due "
          "each early east end even ever every far few fine first for free from full get go good great half hand hard has have he "
          "her here high him his home how if in into is it its just know large last late lead left less let life like little long "
          "look lots low made main make male man many mary may me mean mine mobile more most much my near new next nice no not now "
          "of off old on one only open or other our out over own part past pay plan real read reading red rest right rose safe same "
          "say see set she short side so some split still such sun sure take tall tell than that the their them then there these "
          "they this those time to too top true two under up upper us use very was way we well were west what when where white who "
          "why will wish with work year yes you young your of para batman enterprise independence liberal commerce union hope oral zara general victory qasim",
    "de": "aber alle alles als also am an auf aus bei bin bis da damit dann das dass dem den der des die dies dir doch du durch ein "
          "eine er es essen euch für gut haben halle hat hier ich ihr im immer in ist ja jena kann kein mal man mehr mein mit nach "
          "nein neu nicht noch nur oder ohne sehr sein seit sie sind so über um und uns unter viel vom von vor war was weil wenn wer "
          "wie wir wo zu zum zur regen siegen essen worms minden",
    "fr": "à au aux avec bon ce ces cela cette ceux chez comme dans de des deux donc du elle elles en est et eux grand il ils je la "
          "le les leur lui mais mal même moins mon ne ni nice nos nous on or ou où par pas peu plus pour près que qui sa sans se ses "
          "si son sont sous sur tout toute très tu un une vers vous y sens tours angers",
    "es": "a al algo alta alto ante aquí así aun bajo bien cada casa como con cosa cual cuando de del desde dos el ella ellos en "
          "entre era es esa ese eso esta está este esto fue gran hasta hay hoy la las le lo los mar más me mi mil muy nada ni no nos "
          "o otra otro para parte pero poco por qué que se ser si sí sin sobre solo son su sus también tan tanto te todo todos tres "
          "tu un una uno va vez ya yo leon vigo huye",
    "it": "a al alla alle allo anche bene che chi ci come con cui da dal del della di due e ed era gli ha i il in io la le lei lo "
          "lui ma me mi ne nei noi non o ogni per però più poi qui se si sì solo sono sta su sua sue tra tre tu un una uno va voi",
    "pt": "a ao aos as até bem com como da das de dela do dos e é ela ele em entre era essa esse esta este eu foi isso já la lá mais "
          "mas me meu muito na nas nem no nos nós o os ou para pela pelo por que quem se sem ser seu só sua são também te tem um uma "
          "natal",
    "tr": "acı ama ancak aslan at az bana batman bazı ben bir biri biz bu bunu çok da daha de diye en et gibi göre her hiç iç için "
          "ile ise iyi kadar ki kim mı mi mu mü ne o of olan olarak on ona onu ordu para sana sen bırak siz son şu tüm ve veya ya yaş yeni "
          "yer var yok van kilis rize",
    "pl": "a aby ale bez bo bo być był był był co czy dla do gdy gdzie go i ich ile im inne ja jak jako je jego jej jest już kto ku "
          "lub ma może mi mnie most mu my na nad nam nas nie niż no o od on ona one oni oraz pod po przed przez przy są się swój ta "
          "tak także tam te tego ten to tu ty tym tylko u w we więc wy z za ze że żary żywiec brzeg",
    "cs": "a aby ale ani až bez být by byl co či do ho i já jak jako je jeho její jen ještě již k kde kdo když ke který ma má mezi mi "
          "mu my na nad ne nebo není než nic o od on ona po pod pro proti před při s se si so sobě své ta tak také tam ten to tu ty u "
          "už v ve více však vy z za ze že most písek",
    "id": "ada adalah akan aku anda apa atau dan dari di dia ini itu juga kami kita lebih medan oleh pada saya sudah telah tidak untuk "
          "yang",
    "ro": "al ale am are ca care ce cea cei cu da dar de din după ea ei el este eu fi în la le lui mai mare nu o pe pentru prin sa să "
          "se si și sub sunt un",
    "hu": "a az és egy ha hogy is ki le már még meg mi mint most nem pécs s sem van volt",
    "nl": "aan al als bij dan dat de den die dit door een en er haar had heb het hij ik in is je maar me meer men met mijn naar niet "
          "nog nu of om onder ons ook op over te tot uit van veel voor wat we wel wie zal ze zijn zo goes assen",
    "sv": "att av de den det du en ett för från han har hon i inte jag kan man med men mot nu när och om på sin ska som så till under "
          "upp ur ut var vi vid är",
    "ru": "а без бы был вам вас весь во вот все всё вы где да два для до его ее если есть ещё за и из или им их как когда кто ли мир мы "
          "на над наш не нет ни но о об один он она они оно орел орёл от по под при про раз с сам себя со так там те тем то того тоже "
          "только три ты тут у уже хотя чем что чтобы эта эти это этот я мары клин остров дно верный свободный мирный советский "
          "октябрьский железнодорожный королёв шахты ржев ростов гай кола опочка",
    "uk": "а або але без би був в вам він від вона вони все всі де для до за з й і їх ще як яка які який коли ми на над не ні о один "
          "по під при про та так там те ти то у хто це цей що щоб я рівне",
    "be": "а або але без быў вы да для за з і іх каб калі мы на не ні па пад пры як які што гэта",
    "bg": "а ако без бе в вече във все да до за и из или как като когато които ли ми на над не ни но от по под при с са се си след "
          "със те това този той тя",
    "kk": "ал арал аса бар бес бір бұл да де деп екі ел жаңа жас жер жоқ кен көп қала мен ол осы өз сол тек тау туралы үш үшін",
    "ky": "алар ал анын бар бир бул да жана жаңы жер жок көп мен ош ошол өз сен үч үчүн",
    "tg": "ва дар аз ба бо барои ки ин он як то ё",
    "ar": "في من على الى إلى عن مع هذا هذه ذلك كان التي الذي بعد قبل كل غير أن ان ما لا",
    "fa": "در از به با که این آن را برای است یک تا هم شد بود بر ما من او اهواز آب دلاور",
    "he": "של על את לא הוא היא זה כי גם או עם אל כל רק",
}

SCRIPTS = {"el": "GREEK", "hy": "ARMENIAN", "ka": "GEORGIAN", "ar": "ARABIC", "fa": "ARABIC", "ps": "ARABIC", "ur": "ARABIC",
           "he": "HEBREW", "hi": "DEVANAGARI", "bn": "BENGALI", "th": "THAI", "zh": "CJK", "zh-Hant": "CJK", "ko": "HANGUL",
           "ja": "KATAKANA HIRAGANA CJK KATAKANA-HIRAGANA"}
# A letter outside the alphabet means a look-alike from elsewhere, or the name in another language.
RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABETS = {
    "ru": RU, "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "kk": RU + "әғқңөұүһі", "ky": RU + "ңөү", "tg": RU + "ғӣқӯҳҷ", "mn": RU + "өү", "tt": RU + "әҗңөүһ", "uz-Cyrl": RU + "ўқғҳ",
}
# Kazakh names of GeoNames came through a Macedonian code page.
KAZAKH_MENDED = str.maketrans("ќґЌҐєЄ", "қөҚӨәӘ")

# Letters that a name of a town must have at least, by script, see floods().
SHORTEST = {"LATIN": 4, "CYRILLIC": 3, "GREEK": 3, "ARMENIAN": 3, "GEORGIAN": 3, "ARABIC": 3, "HEBREW": 3, "THAI": 3, "CJK": 2,
            "HANGUL": 2, "KATAKANA": 2, "HIRAGANA": 2, "DEVANAGARI": 3, "BENGALI": 3}

# Languages that leave names of places uninflected: a name that is the English one already adds nothing.
UNINFLECTED = set("de fr es it pt nl sv da no id vi ca sw ro zh-Hant".split())
