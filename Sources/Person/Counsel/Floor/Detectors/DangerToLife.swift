import Charters

/// `danger-to-life`: words by which somebody says that they, or somebody near them, may be harmed or die.
///
/// Made for the input side, and for missing little: a friend's quoted message counts, a title or a lyric doesn't.
/// "I don't want to die", "I'm not suicidal" and "killing me" as a figure of speech don't contain the phrases or are
/// cancelled by what stands before them.
extension FloorDetector {
    /// A quotation after one of these is a title, a lyric or a lesson, and nobody's plan.
    private static let works = [
        "song", "lyrics", "novel", "book", "movie", "film", "poem", "character", "titled", "called", "title", "scene",
        "quote", "translate", "translation", "phrase", "sentence", "idiom", "meaning", "episode", "series", "headline",
        "cancion", "novela", "pelicula", "poema", "personaje", "frase", "traduce", "traducir", "chanson", "roman",
        "poeme", "personnage", "traduis", "traduire", "lied", "gedicht", "figur", "satz", "ubersetze", "filme", "livro",
        "musica", "canzone", "libro", "liedje", "boek", "zin", "песня", "песне", "роман", "фильм", "переведи", "стих",
        "sarki", "kitap", "cumle",
    ]

    /// People of books, and those who wrote about them: what they do to themselves is a lesson too.
    private static let figures = [
        "hamlet", "romeo", "juliet", "juliette", "ophelia", "macbeth", "werther", "bovary", "karenina", "camus",
        "sartre", "seneca", "durkheim", "schopenhauer", "hero", "heroine", "heros", "protagonist", "villain", "author",
        "heldin", "hauptfigur", "personnage",
    ]

    static let dangers: [FloorCues] = [
        // Whole clauses: nothing in front of them takes them back.
        FloorCues(
            phrases: [
                "i (just |really |only |still |)(want|wanna|need|wish) to die", "i (just |really |)wanna die",
                "i(d| would) rather be dead", "i wish i (was|were) dead", "wish i (was|were) never born",
                "(better off|be better) (dead|without me)",
                "i(m| am| feel| am feeling|m feeling) (really |very |so |a bit |)suicidal",
                "(dont|do not) (want to|wanna) (live|be alive|exist|wake up|be here) (anymore|any more|any longer)",
                "(dont|do not) (want to|wanna) (live|be alive|exist|wake up)", "no reason to (live|go on living)",
                "nothing (left |)to live for", "life (isnt|is not) worth living",
                "(cant|cannot|can not) go on (living|like this|anymore|any more)",
                "(thinking|thought|think|thoughts) (about|of) (killing myself|ending my life|ending it all)",
                "(thinking|thinks|talking|talks) (about|of) killing (herself|himself|themselves|themself)",
                "(took|taken|swallowed) (too many|all the|all my|all of my|a whole bottle of|a bottle of|a handful of) (sleeping pills|pills|tablets|painkillers|paracetamol|tylenol)",
                "i (have |just |)overdosed", "wrote (a|my) suicide note",
                "(have a|made a) plan to (kill myself|end my life|die)",
                "im going to (jump|hang myself|shoot myself)", "im about to jump", "i am going to jump off",
                "(want|wants|wanted|wanting|going|trying|tried|threatening|threatened|threatens|planning|plans) to (kill|hurt|harm|hang|shoot|drown) (himself|herself|themselves|themself)",
                "(he|she|they|friend|brother|sister|son|daughter|mother|mom|mum|father|dad|husband|wife|partner|boyfriend|girlfriend) (wants|want|says he wants|says she wants) to die",
                "wants to end (his|her|their) (own |)life",
                "(he|she|friend|brother|sister|son|daughter|mother|father|husband|wife|partner|boyfriend|girlfriend)(s| is) suicidal",
                "(threatened|threatening|threatens|tried|trying) to (kill|strangle|stab|shoot) (me|us)",
                "(he|she|husband|wife|boyfriend|girlfriend|partner|father|dad|mother|mom|stepfather|stepdad) (hits|beats|chokes|choked|strangled|raped|hurts|abuses) (me|us)",
                "(pointed|pointing|holding|has) a (gun|knife) (at|to|on) me", "(he|she) has a (gun|knife)",
                "i(m| am) going to (kill|shoot|stab|poison) (him|her|them|someone|somebody|people|everyone|my wife|my husband)",
                "i want to (kill|hurt|stab|shoot) (him|her|them|someone|somebody|people)",
                "i(m| am) having (a heart attack|a stroke|chest pain|chest pains)",
                "(isnt|is not|stopped|not) breathing",
                "(wont|will not|doesnt|does not) wake up", "bleeding (heavily|badly|out|to death)",
                "(is|lying|lies) unconscious",
            ],
            exceptions: [
                "i (just |really |only |)(want|wanna|need|wish) to die (laughing|of laughter|of embarrassment|on this hill|on that hill|rich|old|happy|with a smile|of old age|hard|a little)",
                "(dont|do not) (want to|wanna) (live|be alive|exist) (in|with|here|there|on|at|near|by|under|off|alone together|next|far|abroad|apart|to be|to see|above|below|beyond)",
                "(dont|do not) (want to|wanna) wake up (early|late|at|before|so|my|the|him|her|tomorrow at|to)",
                "(want|wants|going|trying) to kill (himself|herself|themselves) laughing", "it has a (gun|knife)",
                "beats (me|us) (at|in|to|by|on|every time we)", "hits me (that|with a|up|as)",
                "(wont|will not|doesnt|does not) wake up (from|before|early|on time|for|until|at|my|the)",
                "i want to kill (him|her|them) in the game", "not breathing (enough|properly|through|exercises)",
            ],
            quotation: .cancelsAfter(works)),
        // What a play or a philosopher thinks of it is a lesson.
        FloorCues(
            phrases: ["(thinking|thought|think|thoughts) (about|of) suicide"],
            negations: works + figures + ["people", "students", "teenagers", "say", "says", "said", "act", "essay"],
            reach: 8, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["(dont|do not) (want to|wanna) (live|be|exist) in this world"], quotation: .cancelsAfter(works)),
        // Parts of clauses, which a negation takes back.
        FloorCues(
            phrases: [
                "(kill|hurt|harm|cut|hang|shoot|drown|poison|unalive) myself",
                "(killing|hurting|harming|cutting|hanging|unaliving) myself",
                "(end|ending|ended|take|taking) my (own |)life", "end it all", "ending it all", "commit suicide",
                "committing suicide",
                "feel suicidal", "feeling suicidal", "self harming again",
            ],
            exceptions: [
                "(kill|killing) myself (laughing|at work|at the gym|over)",
                "cut myself (shaving|cooking|while|on|with|a slice|a piece|off|some|loose|slack)",
                "cutting myself (off|some|loose|slack|a)",
                "(hurt|hurting) myself (playing|running|at|in the gym|lifting|training|working|exercising|falling|skiing|on|while|when)",
                "shoot myself in the foot", "beat and hang myself", "hang myself (out|up)",
                "(would|could) kill myself for", "end my life in",
                "commit suicide by cop is",
                "(taking|take|end) my life (in|back|into|to|for|and|story|savings|seriously|on)",
            ],
            negations: [
                "not", "never", "dont", "didnt", "wont", "wouldnt", "no", "isnt", "arent", "havent", "without",
                "doesnt", "longer",
                "people", "characters", "why",
            ] + figures, reach: 3, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "i (cant|cannot|can not) breathe", "(he|she|baby|child|son|daughter) (cant|cannot|can not) breathe",
            ],
            exceptions: ["breathe (through my nose|underwater|in space|under water)"],
            negations: ["laughing", "laughed", "laugh", "funny", "hilarious", "fish"], reach: 8,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "quiero morir(me|)", "me quiero morir", "quiero (matarme|suicidarme)", "me quiero (matar|suicidar)",
                "voy a (matarme|suicidarme)", "me voy a (matar|suicidar)",
                "(pienso|pensando|pensado) en (suicidarme|el suicidio|matarme|quitarme la vida)",
                "quitarme la vida", "acabar con mi vida", "hacerme dano", "cortarme las venas",
                "quiere (matarse|suicidarse|morirse)",
                "me (tome|he tomado|trague) (demasiadas|todas las|muchas) pastillas",
                "mi (marido|esposo|pareja|novio|padre|padrastro) me (pega|golpea)",
                "amenaza con matarme", "amenazo con matarme", "no respira", "no puedo respirar",
            ],
            exceptions: [
                "quiero morir(me|) (de risa|de viejo|de hambre|feliz)", "me quiero morir (de risa|de verguenza)",
            ],
            negations: ["no", "nunca", "jamas", "tampoco", "sin"], reach: 2, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "(ya |)no quiero (vivir|seguir viviendo|existir|vivir mas)", "no vale la pena vivir",
                "no tengo (ganas|razones) (de|para) vivir",
            ],
            exceptions: ["no quiero (vivir|seguir viviendo) (en|con|aqui|alli|ahi|junto|cerca|lejos|solo en)"],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "(je veux|jveux|je voudrais|jai envie de|envie de) mourir",
                "(me tuer|me suicider|mouvrir les veines|me pendre)",
                "mettre fin a mes jours", "en finir avec (la vie|ma vie)", "me faire du mal",
                "(veut|voulait|va) (se tuer|se suicider|mourir)",
                "je suis suicidaire", "pensees suicidaires", "menace de me tuer",
                "avale (tous|toute|toutes|trop de) (mes |les |la boite de |)(medicaments|cachets|comprimes|boite)",
                "(mon mari|mon copain|mon pere|mon conjoint|il) me (frappe|bat|tape)",
                "(narrive|arrive|arrives) (plus|pas) a respirer", "ne respire (plus|pas)",
            ],
            exceptions: [
                "mourir de (rire|honte|faim|soif|chaud|vieillesse)", "me tuer (au travail|a la tache|de rire)",
                "mon copain me bat (aux|au|a la)", "il me bat (aux|au|a la)",
            ],
            negations: ["pas", "aucune", "jamais", "sans", "ni"] + figures, reach: 3, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "je (ne |)veux plus (vivre|etre la|exister)", "plus envie de vivre",
                "plus (de |aucune )raison de vivre",
            ],
            exceptions: ["veux plus vivre (a|avec|ici|dans|en|chez)"], quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "ich will (nur noch |einfach nur |einfach |)sterben",
                "ich (mochte|moechte) (nur noch |einfach |)sterben",
                "ich (will|mochte|moechte) tot sein",
                "mich (selbst |einfach |bald |)(umbringen|umzubringen|toten|erhangen)",
                "mich (heute |jetzt |noch heute |heute nacht |heute abend |morgen |)(umbringen|umzubringen|toten)",
                "(bringe|bring) mich (heute |jetzt |noch heute |heute nacht |heute abend |bald |einfach |)um",
                "(mir|mich) das leben (nehmen|zu nehmen)", "nehme mir das leben",
                "(selbstmord|suizid) (begehen|machen)", "mich (selbst |)(ritzen|verletzen)",
                "ritze mich", "(suizidgedanken|selbstmordgedanken)",
                "(will|mochte|wollte) sich (umbringen|das leben nehmen|toten)",
                "(alle|zu viele) (tabletten|schlaftabletten|pillen) (geschluckt|genommen|eingenommen)",
                "(mein mann|mein freund|mein vater|mein partner|er) schlagt (mich|uns)", "(bekomme|kriege) keine luft",
                "atmet nicht( mehr|)",
                "droht mich umzubringen", "lebensmude",
            ],
            exceptions: [
                "schlagt mich (im|beim|in|vor)",
                "mich (heute |heute abend |heute nacht |jetzt |)um (halb|viertel|eins|zwei|drei|vier|funf|sechs|sieben|acht)",
                "mich (heute |heute abend |heute nacht |jetzt |)um (neun|zehn|elf|zwolf|7|8|9|10|11|12|14|15|16|17|18|19|20|21)",
            ],
            negations: ["nicht", "nie", "niemals", "kein", "keine", "keinen", "ohne"], reach: 3,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "(will|mochte|moechte|mag) nicht mehr (leben|da sein|weiterleben|aufwachen)",
                "keinen (sinn|grund) (mehr |)(im leben|zu leben)",
            ],
            exceptions: ["nicht mehr leben (in|mit|bei|ohne)"], quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "quero (morrer|me matar|me suicidar)", "vou me (matar|suicidar)", "(me matar|me suicidar|me cortar)",
                "tirar (a |)minha (propria |)vida",
                "acabar com (a |)minha vida", "(nao aguento|nao consigo) mais viver",
                "tomei (muitos|todos os) (comprimidos|remedios)", "pensando em suicidio",
                "quer (se matar|morrer|se suicidar)", "meu (marido|namorado|pai|padrasto) me bate",
                "nao consigo respirar", "nao esta respirando",
            ], exceptions: ["morrer de (rir|fome|vergonha|velho|velha)"], negations: ["nao", "nunca", "jamais", "sem"],
            reach: 2,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["nao quero (mais |)(viver|existir)"],
            exceptions: ["nao quero (mais |)viver (em|com|aqui|na|no|nesta|neste|longe|perto)"],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "voglio (morire|uccidermi|ammazzarmi|suicidarmi|farla finita)",
                "(uccidermi|ammazzarmi|suicidarmi|togliermi la vita|farmi del male|tagliarmi le vene)",
                "mi (uccido|ammazzo|suicido)", "vuole (uccidersi|suicidarsi|ammazzarsi|morire|togliersi la vita)",
                "pensieri suicidi", "(preso|ingoiato) troppe pillole",
                "mio (marito|padre|fidanzato) mi picchia", "non riesco a respirare", "non respira",
            ], exceptions: ["morire (dal|dalle|di) (ridere|risate|fame|sonno|vergogna)"],
            negations: ["non", "mai", "senza", "nessun"], reach: 2,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["non voglio (piu |)(vivere|esistere)"],
            exceptions: ["non voglio (piu |)vivere (in|con|qui|a|da|nella|nel|vicino)"],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "ik wil (dood|sterven|doodgaan)",
                "(mezelf|mijzelf) (doden|van kant maken|iets aandoen|ombrengen|snijden|verhangen)",
                "zelfmoord (plegen|te plegen)",
                "(een |)eind(e|) (maken |)aan mijn leven", "denk aan zelfmoord",
                "(wil|wou) (zichzelf|zich) (doden|ombrengen|van kant maken)", "te veel pillen (genomen|geslikt)",
                "(mijn man|mijn vriend|mijn vader|hij) slaat (me|mij)", "ademt niet( meer|)",
            ], negations: ["niet", "nooit", "geen", "zonder"], reach: 3, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["ik wil niet (meer|langer) leven", "geen zin meer in het leven"],
            exceptions: ["niet (meer|langer) leven (in|met|bij|zonder)"],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "(хочу|хочется) (умереть|сдохнуть)", "(покончить|покончу|покончит) с собой",
                "(убить|убью|порезать|режу) себя", "покончить жизнь самоубийством",
                "мысли о самоубийстве", "думаю о самоубийстве", "нет смысла жить",
                "(хочет|хотел|хотела) (умереть|покончить с собой|убить себя)", "(наглотался|наглоталась) таблеток",
                "(муж|отец|отчим|парень|он) (меня |)(бьет|избивает)( меня|)", "не могу дышать",
                "(он|она|ребенок) не дышит", "угрожает (меня |)убить",
            ], exceptions: ["умереть (со|от) (смеху|смеха|старости|скуки)"],
            negations: ["не", "никогда", "без", "нельзя"], reach: 2,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["не хочу (больше |)жить", "жить не хочу", "жить не хочется"],
            exceptions: ["не хочу (больше |)жить (в|с|на|здесь|там|у|рядом|как)"], quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "olmek istiyorum", "kendimi (oldurmek|oldurecegim|asacagim)",
                "intihar (etmek istiyorum|edecegim|etmeyi dusunuyorum)", "canima kiymak", "kendime zarar",
                "hayatima son vermek", "kendini oldurmek istiyor", "intihar etmek istiyor",
                "nefes (alamiyorum|almiyor)", "beni dovuyor", "cok fazla hap (ictim|aldim)",
            ], quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["yasamak istemiyorum"],
            negations: ["burada", "orada", "evde", "sehirde", "onunla", "turkiyede", "birlikte"], reach: 2,
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "我想死", "好想死", "(今晚|今天|现在|马上|就)(要|想|去)自(杀|殺)", "我要自杀", "我要自殺", "想自杀", "想自殺", "不想活了", "不想活下去", "不想再活",
                "活不下去了", "结束自己的生命", "結束自己的生命",
                "结束我的生命", "結束生命",
                "结束生命", "杀了自己", "杀死自己", "割腕", "轻生", "吞了安眠药", "吃了很多安眠药", "吃了一瓶安眠药", "打算跳楼", "想跳楼", "要跳楼", "没有呼吸了",
                "没呼吸了", "喘不过气", "他打我",
                "老公打我", "丈夫打我", "爸爸打我", "要杀我", "要杀了我",
            ],
            exceptions: [
                "我想死(你|他|她|妈|您)", "(不|没|没有|从没|并不)想(过|)(自杀|自殺)", "(不要|不会|不能|别|没有)(想|)自杀", "我不想死", "不会轻生", "笑(得|到)喘不过气",
                "他打我(电话|的电话)", "(为什么|为何)(有人|人们)想自杀",
            ],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "死にたい", "消えてしまいたい", "自殺したい", "自殺しようと", "生きていたくない", "もう生きられない", "生きる意味がない", "リストカット", "リスカし", "命を絶ちたい",
                "首を吊り", "首を吊ろう", "殺される",
                "(夫|父|彼氏|旦那)に殴られ", "息ができない", "息をしていない", "薬をたくさん飲んで", "薬を大量に飲",
            ],
            exceptions: ["(死にたい|自殺したい)わけで(は|も)な", "死にたいとは思", "死にたいと思ったことはな", "(死にたい|自殺したい)人"],
            quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "मरना (चाहता|चाहती)", "मर जाना (चाहता|चाहती)", "मरने का मन", "जीना नहीं (चाहता|चाहती)", "जीने का मन नहीं",
                "(आत्महत्या|खुदकुशी) (करना|करने|कर लूंगा|कर लूँगा|कर लूंगी|कर लूँगी)", "अपनी जान (ले|लेना|देना|दे)",
                "(खुद|अपने आप) को (मार|खत्म|काट)", "पति (मुझे |)(मारता|पीटता)", "जान से मार",
            ], negations: ["कहानी", "फिल्म", "किरदार", "गाने", "उपन्यास"], reach: 6, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: [
                "اريد (ان |)(اموت|الموت|انتحر|الانتحار|اقتل نفسي)", "افكر في (الانتحار|قتل نفسي|انهاء حياتي)",
                "(سانتحر|سأنتحر)", "(اقتل|سأقتل|قتل) نفسي", "(انهي|انهاء|سأنهي) حياتي",
                "(اؤذي|ايذاء|اذية) نفسي", "(زوجي|ابي|هو) يضربني", "لا (استطيع|اقدر) (التنفس|ان اتنفس)", "لا يتنفس",
                "(عايز|عايزة|عاوز|بدي|ابغى) (اموت|انتحر)", "يريد (ان |)(ينتحر|الانتحار|قتل نفسه)",
            ], negations: ["لا", "لن", "لم", "ليس", "لست"], reach: 2, quotation: .cancelsAfter(works)),
        FloorCues(
            phrases: ["لا اريد (ان |)(اعيش|العيش|الحياة)", "لا ارغب في (الحياة|العيش)", "مش عايز اعيش", "ما بدي عيش"],
            exceptions: ["لا اريد (ان |)(اعيش|العيش) (في|مع|هنا|هناك|بدون)"], quotation: .cancelsAfter(works)),
    ]
}
