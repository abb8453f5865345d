// The format is described at `CueLexicon`. Languages stand in the order of the codes; add phrases where they belong.

extension BuiltInLexicon {
    /// Somebody's life or body may be in danger now.
    static let danger = """
        = wish-to-die: danger .9, topic/crisis .95, distress .8
        en: (want|wanna|wants|wanted|wish|going|ready|rather|like|better off|would prefer|prefer|hope) to (die|be dead)
        en: i wish i (was|were) dead; wishes (he|she|they) (was|were) dead; wish i (was|were) never born; better off dead
        en: dont want to (live|be alive|be here|exist|wake up); doesnt want to (live|be alive|be here|exist|wake up)
        en: dont wanna (live|be alive|be here|exist|wake up); (tired|sick) of (living|being alive|life)
        en: no (reason|point) (to|in) (live|living|go on living|being alive|going on); cant go on (living|any|like this|anymore)
        en: rather be dead; not worth living; nothing to live for; end it all; (ending|end) (my|his|her|their) (own |)life
        en: better off without me; would be better (off |)if i (was|were) (gone|dead|not here); never wake up again
        en: go to sleep and (not|never) wake up; no one would (miss|notice) … (gone|dead|miss me); want it all to (end|stop|be over)
        en: disappear forever; (take|taking|took) (my|his|her|their) own life; life (is|isnt) (not |)worth living
        en: (enough|how (many|much|long)|which|what) … (to not|not to|to never|so i dont|so that i dont) wake up
        de: (genug|wie viele|wie viel|welche*) … (nicht mehr|nie mehr|nie wieder) (aufzuwachen|aufwache)
        de: (will|mochte|wollte|möchte) (nicht mehr|nimmer|nicht länger) … (leben|da sein|aufwachen|weiterleben); nicht mehr leben
        de: (will|möchte|wollte) … sterben; wäre (am liebsten |lieber |besser |)tot; lieber tot; am liebsten tot; tot sein
        de: lebensmüde; keinen sinn mehr … leben; (ohne mich besser|besser dran ohne mich|besser ohne mich); nicht mehr aufwachen
        de: (mir|meinem leben|ihrem leben|seinem leben) … (das leben nehmen|ein ende (setzen|machen)); mag nicht mehr leben
        de: kann nicht mehr … leben; dem (ganzen |)ein ende (setzen|machen|bereiten); nicht mehr da (sein|wäre|ware)
        de: keinen grund (mehr |)(zu leben|weiterzuleben); alles (beenden|ein ende); schluss machen mit (dem |meinem )leben
        es: (no quiero|no quiere|no deseo|ya no quiero) (seguir |)(vivir|viviendo|estar aquí|despertar*|existir); ganas de (vivir|morir*)
        es: (quiero|quiere|quisiera|prefiero|preferiría|deseo) (morir*|estar muert*); mejor muert*; ojalá (me muriera|estuviera muert*)
        es: quitar(me|se) la vida; (me quiero|se quiere|me voy a|se va a) (morir|matar|quitar la vida); sin mí estarían mejor
        es: (no vale la pena|no tiene sentido) (seguir |)(vivir|viviendo); acabar con (todo|mi vida|su vida); no despertar (más|nunca|mañana)
        es: estarían mejor sin mí; no (encuentro|veo|tengo) (sentido|razón|razones|motivos) (a|para|de) (mi |la |)(vida|vivir|seguir)
        fr: (veux|veut|voudrais|préfère|préférerais|envie de|aimerais) … mourir; (veux|veut|envie de) (plus|pas) (vivre|être là|me réveiller)
        fr: plus envie de vivre; marre de vivre; en finir (avec la vie|avec tout|une fois pour toutes|pour de bon); veux en finir
        fr: mieux (sans moi|morte?); mettre fin à (mes|ses|ma|sa) (jours|vie); j'aimerais (être mort*|ne plus me réveiller)
        fr: (plus|aucune|pas de) (raison|raisons) de vivre; la vie ne vaut (pas|plus) … (la peine|d'être vécue); être mort*
        fr: veux disparaître; envie de disparaître; me (foutre|jeter) (en l'air|par la fenêtre|sous un train)
        de: (bringe|bring) mich (heute nacht|heute abend|heute|jetzt|noch heute|morgen|bald|einfach) um
        es: (suficiente*|bastante*|cuánt*|cuál*) … para no (despertar|despertarme)
        fr: (assez|combien|lequel|lesquels|laquelle) … pour ne (pas|plus|jamais) me réveiller
        pt: (suficiente*|quant*|qual) … para não acordar
        it: (abbastanza|quant*|qual*) … per non svegliarmi
        zh: (吃多少|多少|哪种|哪个) … (醒不来|不再醒|不会醒); 再也不醒来; 再也醒不来
        ja: (どれ|何錠|どのくらい|どれくらい) … (目が覚めない|目を覚まさない|目が覚めなく)
        pt: (quero|queria|prefiro|vontade de) morrer; não quero (mais |)(viver|existir|acordar|estar aqui); tirar a (minha|própria) vida
        pt: acabar com (tudo|a minha vida|minha vida); melhor (sem mim|morto|morta); (cansado|cansada) de viver; sem vontade de viver
        it: (voglio|vorrei|preferirei|voglia di) (morire|farla finita|essere mort*); non voglio (più |)(vivere|esserci|svegliarmi)
        it: togliermi la vita; stanco di vivere; stanca di vivere; meglio (senza di me|morto|morta); farla finita
        nl: (wil|zou) … (dood|niet meer leben|niet meer leven|doodgaan); wil niet meer leven; einde aan mijn leven
        ar: اريد ان اموت; اريد الموت; لا اريد ان اعيش; لا اريد العيش; اتمنى الموت; اتمنى لو اموت; انهاء حياتي; انهي حياتي; سئمت الحياه; تعبت من الحياه; بدي اموت; الموت ارحم; ما عاد بدي عيش
        zh: 想死; 不想活; 活不下去; 活着没意思; 活着没有意义; 活够了; 结束生命; 结束自己的生命; 了结自己; 轻生; 死了算了; 死掉算了; 不如死; 没有活下去; 不想再活
        ja: 死にたい; 死にたく; 消えたい; 消えてしまいたい; いなくなりたい; 生きていたくない; 生きるのがつらい; 生きるのが辛い; 生きる意味; 生きてる意味; 生きていても意味; 死んだほうがまし; 死んだ方がまし; 終わりにしたい; 生きていけない; 死んでしまいたい; もう生きて
        hi: मरना चाहता; मरना चाहती; जीना नहीं चाहता; जीना नहीं चाहती; जीने का मन नहीं; मर जाना चाहता; मर जाना चाहती; जीने की इच्छा नहीं; ज़िंदगी ख़त्म; जिंदगी खत्म; जान देने; मर जाऊं; मर जाऊँ; मरने का मन; जीने का कोई मतलब

        = suicide-plan: danger .95, topic/crisis .97, distress .8, stakes/high 1
        en: (kill|killing|hang|hanging|shoot|shooting|drown|drowning) (myself|himself|herself|themselves|themself|yourself)
        en: (commit|committing|attempt|attempting|attempted|committed|thinking of|thinking about|thoughts of|think about|considering|contemplating|talks about|talking about|threatened|threatening) suicide
        en: suicidal; suicide (note|plan|pills|letter); suicidal thoughts; (took|swallowed|taken|swallow) (all|a whole bottle|a bunch|the whole|too many|a lot|every) … (pills|tablets|sleeping pills|medication)
        en: (jump|jumping|jumped) (off|from) (a|the|this) (bridge|roof|building|balcony); (unalive|unaliving|kms|kill me now please); (od|overdose|overdosed|overdosing) on
        en: (counting|saving|saved|hoarding|collecting) … pills; enough pills; overdosed; took an overdose; said goodbye to everyone; (standing|sitting|stood) on (the|a) (bridge|ledge|roof|tracks)
        de: (mich|sich|dich) … (umbringen|umzubringen|erhängen|erschießen|vor den zug|vor einen zug); (mir|sich) … das leben (nehmen|zu nehmen); umbringt sich
        de: (selbstmord|suizid|selbsttötung) (begehen|machen|gedanken|versuch*|plan*|androh*); suizidal; selbstmordgedanken; suizidgedanken; abschiedsbrief; (an|über) (selbstmord|suizid); selbstmordversuch; suizidversuch
        de: von (der|einer) brücke … spring*; (tabletten|pillen|schlaftabletten) … (geschluckt|genommen|gesammelt|gehortet|auf einmal); überdosis; bringt sich um; bringe mich um; bring mich um; vom dach springen; (steht|stehe) auf (der|einer) brücke
        es: (matarme|matarse|suicidarme|suicidarse|ahorcarme|ahorcarse|cortarme las venas|me mato|suicidio); (pensamientos|ideas) (suicidas|de suicidio); me voy a matar; se va a matar; tirar(me|se) (por|de|desde|al); sobredosis; (carta|nota) de despedida; suicida; (tomado|tomó|tomé|tragué|tragado) … (pastillas|frasco)
        fr: me (suicider|tuer|pendre); se (suicider|tuer|pendre); (pensées|idées|envies) suicidaires; suicidaire; (tentative|idée|penser|pense|parle) (de|au|du) suicide; lettre d'adieu; (avalé|pris) … (médicaments|cachets|comprimés|boîte); sauter (du|d'un) pont; overdose; surdose; vais me tuer
        pt: (me matar|se matar|suicidar|suicídio|suicida|pensamentos suicidas|matar-me|overdose); carta de despedida; tomei … (comprimidos|remédios)
        it: (uccidermi|uccidersi|suicidarmi|suicidarsi|ammazzarmi|ammazzarsi|suicidio|impiccarmi|mi ammazzo|mi uccido); pensieri suicidi; lettera d'addio; overdose; (preso|ingoiato|inghiottito) … (pastiglie|pillole|compresse)
        nl: (zelfmoord|mezelf … (doden|ophangen)|zichzelf … doden|suïcidaal|overdosis)
        ar: انتحار; انتحر; سانتحر; ينتحر; اقتل نفسي; سأقتل نفسي; قتل نفسي; قتل نفسه; قتل نفسها; تقتل نفسها; يقتل نفسه; جرعه زائده; تناولت كل الحبوب
        zh: 自杀; 自殺; 跳楼; 跳桥; 上吊; 割腕; 吞药; 吃了很多安眠药; 吃了一整瓶; 遗书; 寻短见
        ja: 自殺; 飛び降り; 首を吊; 首つり; 遺書; オーバードーズ; 薬を大量に; 薬を全部飲; 死ぬつもり; 死のうと
        hi: आत्महत्या; खुदकुशी; ख़ुदकुशी; सुसाइड; फांसी लगा; फाँसी लगा; जान दे दूं; जान दे दूँ; अपनी जान ले; खुद को मार; ज़हर खा; जहर खा

        = hurting-oneself: danger .8, topic/self-harm .95, distress .75, stakes/high .9
        en: (cut|cutting|cuts|hurt|hurting|hurts|harm|harming|harms|burn|burning|burns|starve|starving|starves|punish|punishing|scratching) (myself|herself|himself|themself|themselves|my arms|my wrists|my thighs|my legs)
        en: self (harm*|injur*); razor … (arm|arms|wrist|wrists|leg|legs|skin|thigh*); started cutting again; making (myself|herself|himself) (throw up|vomit|bleed); cuts on (her|his|my|their) (arm*|wrist*|leg*|thigh*)
        de: (ritze|ritzen|ritzt|geritzt|schneide|schneidet|verletze|verletzt|schneiden|verletzen) (mich|sich|mir|dich|selbst); (mich|sich|mir) … (ritzen|selbst verletzen|geritzt|zu ritzen|zu verletzen|wehtun|schneiden); selbstverletz*; ritze mich; (mich|sich) (selbst |selber |)(verletze|verletzt|verletzen|ritze|ritzt|schneide|schneidet); klinge … arm*
        es: (cortarme|cortarse|hacerme daño|hacerse daño|lastimarme|autolesion*|me corto|se corta|me hago daño|se hace daño|lesionarme|me lastimo|me he cortado|me corté)
        fr: me (scarifie*|mutile*|couper (les veines|les bras)|faire (du |)mal|fais (du |)mal|coupe les|brûle); se (scarifie*|mutile*|fait (du |)mal); scarification*; automutil*; scarifi*
        pt: (me cortar|me corto|me machucar|automutila*|autolesão|me cortando|me machuco)
        it: (tagliarmi|tagliarsi|farmi (del |)male|farsi (del |)male|autolesion*|mi taglio|si taglia|mi faccio (del |)male)
        nl: (mezelf|zichzelf) (snijden|pijn doen|snij*); zelfbeschadiging
        ar: اجرح نفسي; اؤذي نفسي; ايذاء النفس; تجرح نفسها; يؤذي نفسه; ايذاء نفسي; تؤذي نفسها; جرحت نفسي
        zh: 自残; 伤害自己; 割自己; 划自己; 自伤
        ja: リストカット; リスカ; 自傷; 自分を傷つけ; 腕を切; 手首を切; 自分を切
        hi: खुद को चोट; ख़ुद को चोट; खुद को नुकसान; अपने आप को नुकसान; कलाई काट; हाथ काट; खुद को काट; ख़ुद को काट; नस काट

        = violence-now: danger .85, topic/violence .95, distress .5, stakes/high .95
        en: (he|she|they|dad|mom|mum|father|mother|husband|wife|boyfriend|girlfriend|partner|stepfather|stepdad|ex|brother|uncle|boss|son|someone|man) … (hits|beats|hit|beat|beating|hitting|punched|punches|kicked|kicks|choked|chokes|choking|strangled|strangles|slapped|slaps|hurts|threw) (me|us|my (mom|mum|mother|sister|brother|son|daughter)|her|him|the kids)
        en: (threatened|threatens|threatening|going|threats|wants|promised|swore|said he will|said hed|says hell) to (kill|hurt|beat|stab|shoot|harm|burn|rape) (me|us|my|him|her|them|someone|somebody|everyone|people|you)
        en: (want|going|gonna|plan|planning|ready|about|need) to (kill|stab|shoot|murder|hurt|beat up|strangle|poison) (him|her|them|someone|somebody|my (boss|teacher|husband|wife|neighbo*|father|dad|mother|mom|ex|brother|sister|roommate|flatmate|classmate*)|people|everyone|those|that)
        en: (afraid|scared|terrified|frightened) of (my (husband|boyfriend|partner|father|dad|stepfather|stepdad|wife|ex|brother|son)|him|what he|going home|what hell); afraid hell (kill|hurt|hit) (me|us|her); hell (kill|hurt) (me|us|her) if; (has|have|had|got|pulled|pulling|holding|bring|bringing|brought|with) (a|his|the|my|her) (gun|knife|weapon) … (me|school|door|outside|us|here|house|her|work)
        en: (outside|at) my (door|house|window|home) … (threat*|gun|knife|scream*|bang*|break); (hes|shes|someone is|somebody is|man is) (breaking in|trying to break in|following me|hurting (me|him|her|us)|attacking); (lays|laid|put|puts) (his|her) hands on me; wont let me (leave|out|go) … (house|home|room|phone)
        en: hit me (again|last|yesterday|tonight|today|in|with|because|when|and|so); beat me (up|again|last|yesterday|with|because|when|black); hits me; beats me (when|and|up|every|if|so|because|again)
        de: (er|sie|mein (mann|vater|freund|stiefvater|ex|bruder|partner|sohn)|meine (mutter|frau|freundin)|papa|mama) … (schlägt|schlagt|verprügelt|schlug|würgt|würgte|tritt|bedroht|geschlagen|gewürgt|verprügelt|bedrohte|getreten) (mich|uns|meine|sie|ihn|die kinder)
        de: (hat|haben) (mich|uns|sie) … (geschlagen|verprügelt|gewürgt|bedroht|getreten); (mich|uns|sie|ihn|dich) (umzubringen|umbringen wird|umbringt|totzuschlagen|abstechen|erschießen|abzustechen); (schlägt|verprügelt|würgt|bedroht|misshandelt) mich
        de: (will|werde|wollte|wird) (ihn|sie|meinen|meine|den|die|jemanden|uns|mich|euch) … (umbringen|abstechen|erschießen|töten|erstechen|totschlagen|zusammenschlagen); angst vor (meinem (mann|freund|vater|ex|partner|stiefvater)|meiner frau|ihm); droht … (umzubringen|schlagen|messer|zu töten|an)
        de: (steht|stehen|ist) … vor (der|meiner) tür … (messer|waffe|droh*|pistole); (mit|hat) (einem|einer|ein|eine) (messer|waffe|pistole) … (mich|uns|schule|tür|auf); angst, dass er … (schlägt|umbringt|tut)
        es: (me|nos|le|la) (pega|golpea|golpeó|pegó|amenaza|amenazó|ahorc*|maltrata|estrangul*|ha pegado|ha golpeado|está pegando|ha amenazado|empujó|patea); (matarme|matarnos|matarla|matarlo|voy a matar*|quiero matar*|va a matar); (miedo|pánico|terror) (a|de) (mi (marido|esposo|novio|padre|pareja|ex|padrastro)|él|volver a casa); amenaz* … (matar*|muerte|cuchillo|pistola); (con|tiene) (un cuchillo|una pistola|un arma)
        fr: (me|nous|la|le|m'a|l'a|nous a) (frappe|bat|tape|menace|étrangle|frappée?|battue?|menacée?|étranglée?|giflée?|gifle|cogne|tabasse|violente|tapée?); (me|nous|le|la|les|te) tuer; (peur|terrifiée?) (de (mon (mari|copain|père|compagnon|ex|beau-père)|lui|rentrer)|qu'il … (frappe|tue|fasse)); (il|elle) a (un couteau|une arme|un pistolet); je vais (le|la|les) (tuer|planter|frapper|buter); menace* … (mort|tuer|couteau)
        pt: (me|nos) (bate|bateu|agride|agrediu|ameaça|ameaçou|espanca|espancou|estrangulou); (me|nos|matar) matar; vou matar; medo do meu (marido|namorado|pai|ex|padrasto|companheiro)
        it: (mi|ci|la|lo) (picchia|ha picchiat*|minaccia|ha minacciat*|mena|strangola|ha strangolat*|ha dato un pugno|ha dato uno schiaffo); (ammazzarmi|uccidermi|ammazzarci|lo ammazzo|la ammazzo|ucciderlo|ucciderla|voglio ucciderlo); paura (di mio (marito|padre|ragazzo|compagno)|del mio (ragazzo|compagno|ex)|di lui); ha un coltello; ha una pistola
        nl: (slaat|bedreigt|mishandelt) (mij|me|ons); (bang|angst) (voor mijn (man|vriend|vader|ex))
        ar: يضربني; ضربني; تضربني; يهددني; هددني; يهدد بقتلي; سيقتلني; يقتلني; يعنفني; ساقتله; سأقتله; اخاف من زوجي; اخاف من ابي; يضرب امي; يضربها; معه سكين
        zh: 打我; 家暴; 揍我; 威胁要杀; 要杀我; 掐我; 杀了他; 杀了她; 杀了我; 拿刀; 打妈妈; 打我妈; 施暴; 怕我丈夫; 怕我老公; 怕我爸
        ja: 殴られ; 殴る; 暴力をふる; 暴力を振る; 叩かれ; 殺される; 殺すと; 殺してやる; 殺してやりたい; 首を絞め; 脅され; 脅して; 刃物; 包丁を持; 蹴られ; DV
        hi: मुझे मारता; मुझे मारते; मुझे पीटता; मुझे पीटते; मारपीट; मुझे मारा; मुझे पीटा; जान से मार; धमकी दे; धमकी दी; गला दबा; मार डालूंगा; मार डालूँगा; मार डालेगा; हाथ उठाता; हाथ उठाया; पति से डर

        = abuse-now: danger .85, topic/abuse .95, distress .6, stakes/high .9
        en: (touches|touched|touching|molest*|groped|raped|rapes|sexually abus*|sexually assault*) (me|her|him|my (daughter|son|sister))
        en: (forced|forces|forcing|made|makes) me to (have sex|undress|touch|sleep with|send nudes|strip); (being|am|was|is being|getting|im|gets) (abused|molested|raped|sexually|trafficked|blackmailed); (raped|assaulted|molested|blackmailed|blackmailing|abusing|abuses) (me|her|him)
        en: (send|share|post|leak|publish) (the|my|those) (nudes|pictures|photos|naked … ) … (unless|if i dont); (touch|touches|touched) me … (dont want|didnt want|not want|private|secret|uncomfortable|places|under my); our (little |)secret … (touch*|uncle|coach|stepdad|teacher); abusive (husband|boyfriend|father|mother|partner|relationship|stepfather|wife|home|ex|marriage|stepdad)
        de: (missbraucht|vergewaltigt|fasst mich|angefasst|begrapscht|missbrauch*|vergewaltig*|sexuell belästigt|zwingt mich … (sex|schlafen|auszuziehen)|erpresst mich|nacktbilder|nacktfotos … (droht|schicken|veröffentlich*)); fasst (mich|sie|meine) … an
        es: (abus* de (mí|ella|él|mi hij*)|me (viol*|toca|tocó|manose*|obliga* a … (sexo|acostarme|desnud*))|abuso sexual|violaron|me chantajea|maltratador); me está tocando
        fr: (abus* de moi|m'a viol*|m'a touch*|me touche (et|alors|quand|là|sous)|viol*e?s? par|attouchement*|agress* sexuel*|me force à … (coucher|sexe|relations|déshabiller)|me fait chanter|abusé sexuellement|inceste)
        pt: (abus* de mim|me estupr*|me tocou|abuso sexual|me violent*|fui estuprad*|me chantage*); me obriga a … (sexo|transar)
        it: (abus* di me|mi ha (violentat*|stuprat*|molestat*|toccat*)|abuso sessuale|violenza sessuale|mi costringe a … (sesso|rapporti)|mi ricatta)
        ar: اغتصب; يتحرش بي; تحرش بي; يعتدي علي; اعتدى علي; تحرش; يبتزني; يلمسني
        zh: 性侵; 强奸; 猥亵; 虐待; 摸我; 勒索我; 性骚扰
        ja: 性的虐待; 虐待され; レイプ; 痴漢; 無理やり … (触|体|関係); 体を触ら; 体を触られ; 襲われ; 裸の写真
        hi: बलात्कार; यौन शोषण; छेड़छाड़; गलत तरीके से छू; ग़लत तरीके से छू; मुझे छूता; शोषण कर; ब्लैकमेल

        = body-emergency: danger .9, topic/health .9, topic/crisis .75, stakes/high 1
        en: (cant|cannot|not able to|isnt|not|stopped|struggling to|hard to|cant seem to|isn't|trouble|difficulty) (breathe|breathing) (well|properly|right|at all|anymore|and|since|now|right now|suddenly|any more|normally|) … (chest|lips|throat|blue|help|swell*|now|dizzy|allerg*|stung|minutes|sudden*)
        en: (stopped|not|isnt|no longer) breathing; chest pain … (arm|jaw|sweat*|breath*|spread*|crushing|shoulder|now|hour*|minutes|sudden*); (crushing|sharp|tight|pressure|pain|squeezing|tightness) … chest … (arm|jaw|breath*|sweat*|shoulder|left|back|nausea|dizzy); having a (stroke|heart attack|seizure) ; (unconscious|passed out and|wont wake up|not waking up|isnt waking up|cant wake (him|her|them|my)|unresponsive|bleeding heavily|bleeding out|wont stop bleeding|bleeding wont stop|cant stop the bleeding|face is drooping|face drooping|slurred speech|slurring|lips are (turning |)blue|lips turning blue|turning blue)
        en: (swallowed|drank|drunk|ate|eaten|ingested) … (bleach|detergent|antifreeze|poison|battery|drain cleaner|pills|cleaner|rat poison|berries|magnets|mushroom*|nail polish remover|lighter fluid); throat … (closing|swelling up|swollen shut); choking on; (drowned|electrocuted|fell … (head|unconscious))
        de: (bekomme|kriege|bekommt|kriegt|keine|kaum noch|kaum|nicht mehr) (keine |kaum |kaum noch |)luft; (atmet|atmen) (nicht|nicht mehr|kaum|kaum noch); (bewusstlos|ohnmächtig|schlaganfall|herzinfarkt|verblutet|blutet stark|hört nicht auf zu bluten|reagiert nicht|wacht nicht auf|nicht aufwachen|lippen … blau|krampfanfall); (schmerz*|druck|stechen|stich) … (brust|linken arm) … (arm|kiefer|luft|schweiß|ausstrahl*|seit|schwitz*|atm*|übel|schwindel*); (verschluckt|getrunken|geschluckt|gegessen) … (reiniger|putzmittel|batterie|gift*|tabletten|waschmittel|pilz*|frostschutz*|abflussreiniger); mundwinkel … häng*; brustschmerz*
        es: (no puedo|no puede|apenas puedo|le cuesta|me cuesta) respirar; no respira; (inconsciente|desmayad* y|no despierta|no reacciona|sangra mucho|no para de sangrar|infarto|derrame cerebral|labios morados|labios azules|ictus|convuls*); dolor … pecho … (brazo|mandíbula|sudor*|respir*|minutos|izquierdo); (bebido|bebió|tragado|tragó|ingerido|tomó|comido|comió) … (lejía|detergente|veneno|pila|cloro|limpiador|pastillas|raticida|anticongelante)
        fr: (n'arrive|arrive|peux|peut|arrive) (plus|pas) (à |)respirer; (respire|respirent) (plus|pas|mal); (inconscient*|évanouie? et|ne se réveille p*|réagit plus|réagit pas|saigne beaucoup|arrête pas de saigner|infarctus|avc|crise cardiaque|lèvres bleues|convuls*); douleur … (poitrine|bras gauche) … (bras|mâchoire|respir*|sueur*|minutes|mâchoire|souffle); (avalé|bu|mangé) … (javel|détergent|poison|pile|produit ménager|médicaments|lessive|champignon*|antigel); (du mal|peine) à respirer … (poitrine|lèvres|gonfl*|piqûre|soudain|gorge)
        pt: (não (consigo|consegue) respirar|não respira|inconsciente|desmaiou e|infarto|derrame|avc|sangrando muito|não acorda); dor … peito … (braço|mandíbula|respir*|suor*|esquerdo); (engoliu|bebeu|tomou) … (água sanitária|detergente|veneno|pilha|alvejante|soda)
        it: (non (riesco a|riesce a|respira*|si sveglia|reagisce)) (respirare|); (infarto|ictus|svenut* e|privo di sensi|sanguina molto|non smette di sanguinare|labbra (blu|viola)); dolore … petto … (braccio|mascella|respir*|sudor*|sinistro); (ingoiato|bevuto|mangiato) … (candeggina|detersivo|veleno|pila|batteria)
        ar: لا استطيع التنفس; لا يستطيع التنفس; لا يتنفس; فاقد الوعي; فقد الوعي; فقدت الوعي; نزيف; نوبه قلبيه; جلطه; شرب … (مبيض|كلور|منظف); ابتلع … (بطاريه|حبوب); الم … صدر … ذراع; لا تستيقظ; لا يستيقظ
        zh: 呼吸困难; 不能呼吸; 喘不过气; 喘不上气; 没有呼吸; 没呼吸; 昏迷; 晕倒; 叫不醒; 心脏病发; 中风; 大出血; 误食; 误喝; 喝了漂白; 胸口 … (剧痛|左臂|很痛|压); 胸痛; 吞了电池; 嘴唇发紫
        ja: 息ができない; 息をしていない; 呼吸していない; 呼吸が苦し; 意識がない; 意識がなく; 意識を失; 胸が … (苦し|激しく|締め付け); 心臓発作; 脳卒中; 血が止まらない; 出血が止まらない; 誤飲; 飲み込ん; 倒れて … (動か|意識|起き); 起きない … (救急|呼吸)
        hi: सांस नहीं; साँस नहीं; बेहोश; सीने में … (दर्द|जकड़); दिल का दौरा; खून बह; ख़ून बह; खून बंद नहीं; होश में नहीं; लकवा; ज़हर पी; जहर पी; फिनाइल

        = calls-for-help: danger .6, topic/crisis .6, distress .6
        en: call an ambulance; call the police on (him|her|them|my); need an ambulance; im in danger; (is|are|am|be) in danger (right now|now|at home); not safe at home; dont feel safe at home; (cant|can't) keep (myself|her|him) safe; going to do something (stupid|bad|terrible)
        de: (brauche|rufen|ruft|brauchen) (einen |)(krankenwagen|notarzt); bin in gefahr; ist in gefahr; zu hause nicht sicher; etwas antun; (mir|sich) (was|etwas) an(tun|zutun|tut|tue)
        es: (necesito|llama|llamen) (a |)(una |)ambulancia; estoy en peligro; está en peligro; no estoy segur* en casa; hacer una locura
        fr: (appelez|appeler|besoin d') (une |)ambulance; (suis|est) en danger; pas en sécurité (chez|à la); faire une bêtise
        pt: (estou|está) em perigo; chame uma ambulância
        it: (sono|è) in pericolo; chiama* (un |l')ambulanza
        ar: انا في خطر; اتصلوا بالاسعاف; في خطر
        zh: 叫救护车; 有危险; 我很危险
        ja: 救急車; 助けて … (殺|死|今すぐ)
        hi: एम्बुलेंस; खतरे में; ख़तरे में
        """

    /// Figures of speech, works and programs that sound like danger or distress and are none.
    static let figures = """
        = figure-of-speech: figure 1
        en: kill time; killing time; killing it; killed it; killing me with; (kill|killing|killed) (the|a|this|that|my) (process|processes|server|task|job|app|program|weeds|mood|vibe|bugs|container|session|thread|daemon|terminal|engine|lights|joke)
        en: (to not|not to|to never|so i dont) wake up (late|early|at|tired|groggy|sore|hungry|with|the|my|her|him|them|everyone|anyone|sweaty)
        en: suicide squad; to die for; dying to (see|know|try|hear|read|meet|go|find|tell|play|visit|watch); die of (laughter|laughing|embarrassment|boredom|shame|curiosity); died (of|from) (laughter|laughing|embarrassment); dead (tired|serious|line|lines|end|easy|simple|slow); dying (of|from) (laughter|laughing|embarrassment|boredom|curiosity|hunger); could have died of; i nearly died when; kill (two birds|bill); killer (app|feature|headphones|recipe|outfit); kill for (a|some|that|another)
        en: (exam|exams|homework|heat|job|shoes|feet|back|legs|suspense|knees|boss|math|maths|commute|traffic|assignment|course|deadline|workout|training|headache|bug|project|class|teacher|meeting*|semester|thesis|hangover) (is|are|will|was|were|gonna|going to|almost|nearly|would|totally|has been|have been|just|really) (kill|killing|be the death of|kills|killed|death of) (me|us); will be the death of me; mom will kill me; (mum|mom|dad|wife|husband|boss|teacher|parents|coach|sister|she|he|they) (is|are|will|would|s|ll|gonna|is going to|are going to|is gonna) kill me (if i|when|for being|over|because i|once); my (mum|mom|dad|wife|husband|boss|parents|coach) (will|is going to|are going to|would|gonna) kill me; (mom|mum|dad)s gonna kill me
        en: (beat|beats|beating) (me|him|her|us|them) (at|in|to it|by|on) (chess|tennis|the game|the match|a game|points|mario|cards|poker|fifa|the race|ping|goals|two|three|monopoly|scrabble|squash); beats me (how|why|what|where); (hit|hits) me (that|how|like|up|with the|with a song); hit me up; that hit me hard; it hit me; (cuts|cut) (me|him|her) (off|some slack|loose|out); (cut|cutting) myself (shaving|some|a slice|while (cooking|chopping)|cooking|chopping|on (a|the) (knife|paper|glass|can)|a piece); cut myself some slack; papercut; hurt myself (at|while|during|playing|running|lifting|in training|skiing); (chess|tennis|game|match) … beat(s|) me; punished myself with; burn(t|ed) myself (on|while|with the (oven|iron|pan)|cooking|with hot)
        en: commits? suicide in (the|act|chapter|scene|this|season); (character|hamlet|romeo|juliet|werther|ophelia|camus|sartre|seneca|schopenhauer|villain|hero|protagonist|anna karenina|player|npc|boss fight|zombie|zombies|monster|monsters|dragon) … (suicide|kills himself|kills herself|kill himself|kill herself|kills himself|dies|killed|kill|murder*|takes his own life|takes her own life|takes their own life); (kill|defeat|beat|shoot) the (boss|dragon|zombies|zombie|enemies|monster|monsters|final boss|ender dragon|villain); murder mystery; shoot (me|us|you|him|her|them) (an|a) (email|mail|message|text|line); kill the (boss|king) in
        en: why (do|would|did) (people|some people|so many people) … suicide
        en: overdos(e|ed|ing) on (chocolate|sugar|coffee|caffeine|memes|netflix|carbs|cake|pasta|cheese|christmas|cute); take my life (in a|into|to the next|seriously|back); ends? (my|his|her) (career|subscription|contract); social suicide; career suicide; political suicide; suicide (bomber|bombing|mission|statistics|rates|rate|prevention (week|training|month|course))
        en: (statistics|rates|causes|history|prevention|research|study|studies|essay|paper|article|sociology|durkheim*) (of|on|about) suicide; durkheim*; about domestic violence (law|laws|statistics|policy|policies|for)
        de: bring(e|) mich (heute nacht |heute abend |heute |jetzt |morgen |)um (halb|viertel|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23)
        de: (zeit|langeweile) … totschlagen; (prozess|task|server|app) … (töten|abschießen|killen|beenden); zum sterben (schön|langweilig); sterbe vor (hunger|langeweile|neugier|lachen|durst|hitze|scham); (bringt|bringen|bringe) mich (noch |)um … (prüfung|klausur|hitze|mathe|arbeit|lärm); (hitze|prüfung|klausur|hausaufgaben|mathe|lärm|job|chef|arbeit|stress|warterei|verkehr|rücken|füße|training) (bringt|bringen|macht) mich (noch |)(um|fertig); (mama|mutter|papa|vater|chef|frau|freundin|eltern|trainer|lehrer) bring(t|en) mich um (wenn|weil|falls); todmüde; totgelacht; tot gelacht; (werther|hamlet|romeo|figur|held|heldin|hauptfigur|bösewicht|roman|film|buch|serie|drama) … (umbringt|selbstmord|stirbt|tötet|suizid|umbringen|erschießt|das leben nimmt|das leben nehmen|umzubringen); schlägt mich (im|beim|in) (schach|tennis|spiel|kartenspiel|fifa|mario); (im|beim|in) (schach|tennis|spiel|kartenspiel) … schlägt mich; geschlagen … (schach|tennis|spiel|fußball|pokal|meisterschaft); (drachen|zombie*|endgegner|monster|gegner) … (töten|erschießen|umbringen|besiegen); bis zum umfallen
        de: (statistik*|geschichte|soziologie|referat|aufsatz|studie*|thema) … (suizid|selbstmord)
        es: matar (el tiempo|el aburrimiento|el proceso|el gusanillo|dos pájaros|al jefe final|al dragón); me muero de (risa|hambre|sueño|ganas|vergüenza|calor|curiosidad|frío|aburrimiento|sed|amor); (morirme|morir|muero) de (risa|hambre|vergüenza|aburrimiento|ganas); me (mata|matan|está matando|están matando) (el|la|los|las|este|esta|de risa) (calor|examen|exámenes|espalda|curiosidad|trabajo|tarea|matemáticas|suspenso|pies|tráfico); (examen|exámenes|calor|espalda|trabajo|tarea|matemáticas|pies|tráfico|jefe) … me (va a matar|van a matar|mata|matan|está matando|están matando); mi (madre|padre|mamá|papá|jefe|mujer) me (mata|va a matar) (si|cuando|por); (personaje|protagonista|novela|película|romeo|hamlet|serie|zombis?|dragón|videojuego) … (suicid*|mata*|matar*|muere); me (pega|ganó|gana|golea) (en|al) (ajedrez|tenis|fifa); no me pega (la|el|con|ese); me pega (con|bien|mucho|el sol|la gana)
        fr: tuer le (temps|processus|boss|dragon); (mourir|meurs|mort|morte) de (rire|faim|honte|soif|chaud|froid|fatigue|peur|ennui|curiosité|trouille|sommeil); à mourir de rire; (examen|examens|chaleur|boulot|maths|devoirs|dos|pieds|patron|stress|partiels|suspense|trajet) … (me tue|me tuent|va me tuer|vont me tuer|m'achève*); ma (mère|femme) va me tuer; mon (père|mari|patron|prof) va me tuer; (mère|père|patron|prof|parents|femme|mari) (va|vont) me tuer (si|quand|parce); (personnage|héros|héroïne|roman|film|roméo|hamlet|emma bovary|bovary|série|zombies?|dragon) … (suicide|se tue|tue|meurt|tuer|se suicider|mourir|se donner la mort); me bat (aux|au|à la|à) (échecs|tennis|cartes|foot|ping); m'a battue? (aux|au|à la|à) (échecs|tennis|cartes|foot|ping); (statistiques|exposé|dissertation|histoire|étude|durkheim) … suicide; ça me tue (de|quand); bat son plein; pas me battre; me bats pour
        pt: matar (o tempo|saudade|saudades|aula|a fome|a sede|o processo|o chefe final); (morrendo|morrer|morri|morro) de (rir|fome|vergonha|sono|calor|frio|medo|saudade|sede|tédio|rir); (prova|calor|trabalho|costas|estresse) … me (matar|matando|mata)
        it: (morire|muoio|morto|morta) (dal|di|dalle|dalla) (ridere|fame|sonno|caldo|freddo|noia|vergogna|risate|curiosità|sete); ammazzare il tempo; (esame|caldo|lavoro|compiti|mal di testa|traffico) … (mi ammazza|mi uccide|mi sta uccidendo|mi ucciderà); (mia madre|mio padre|il capo|mia moglie) mi (ammazza|uccide) (se|quando)
        zh: 笑死; 累死; 饿死; 热死; 困死; 烦死; 气死; 忙死; 冷死; 无聊死; 渴死; 急死; 吓死; 羡慕死; 死机; 消磨时间; 杀时间; 想死你; 想死我了; 爱死; 打我电话; 打我手机; 自杀小队; 自杀率; 杀死进程
        ja: 死ぬほど; 笑い死; 死にそうなくらい眠; お腹が空いて死; 暑くて死; 暇で死; 疲れて死; 眠くて死; 時間をつぶ; プロセスを; 自殺率; 自殺の統計; 首にな
        ar: اموت من (الضحك|الجوع|الملل|الحر|الخجل|التعب); ساموت من (الضحك|الجوع|الملل|الحر|الخجل); قتل الوقت; يقتلني (الملل|الحر|الفضول); تقتلني المذاكره
        hi: मरा जा रहा; हंसते हंसते मर; हँसते हँसते मर; भूख से मर; गर्मी से मर; समय काट; टाइम पास; वक्त काट; वक़्त काट; मम्मी मुझे मार; पापा मुझे मार

        = told-of-a-story: fiction 1
        en: (story|novel|character|characters|movie|film|screenplay|script|novella|poem|thriller|play|episode|season|video game|book|lyrics|song|villain|protagonist|fiction|series|plot|chapter|scene|game|minecraft|fanfic*|dnd|campaign)
        de: (geschichte|roman|figur|film|drehbuch|krimi|gedicht|thriller|serie|folge|videospiel|buch|kapitel|szene|lied|songtext|theaterstück|drama|hauptfigur|kurzgeschichte|spiel|minecraft)
        es: (cuento|novela|personaje|película|guion|guión|poema|serie|episodio|videojuego|libro|capítulo|escena|canción|relato|protagonista|trama|juego|minecraft)
        fr: (roman|personnage|film|scénario|poème|série|épisode|jeu vidéo|livre|chapitre|scène|chanson|nouvelle|héros|héroïne|polar|intrigue|jeu|minecraft)
        pt: (conto|romance|personagem|filme|roteiro|poema|série|episódio|livro|capítulo|cena|jogo|canção)
        it: (racconto|romanzo|personaggio|film|sceneggiatura|poesia|serie|episodio|libro|capitolo|scena|gioco|canzone)
        zh: 小说; 角色; 电影; 剧本; 故事; 游戏; 电视剧; 主人公; 歌词
        ja: 小説; キャラ; 映画; 脚本; 物語; ゲーム; ドラマ; 主人公; 漫画; アニメ; 歌詞
        ar: (روايه|قصه|فيلم|شخصيه|مسلسل|لعبه|قصيده)
        hi: कहानी; उपन्यास; फिल्म; फ़िल्म; किरदार; पात्र; नाटक; गेम; कविता

        = only-joking: fiction .6
        en: just (kidding|joking); (lol|lmao|rofl|haha*|jk)
        de: (nur (spaß|ein witz|scherz)|haha*|lol)
        es: (es broma|era broma|jaja*)
        fr: (je plaisante|je rigole|mdr|ptdr|lol)
        zh: 哈哈; 开玩笑
        ja: 冗談; 笑笑; www

        = negator: negation 1
        en: (not|no|never|dont|doesnt|didnt|isnt|arent|wasnt|werent|wont|wouldnt|cant|cannot|without|nobody|im not|hasnt|havent|neither|nor|aint)
        de: (nicht|kein|keine|keinen|keiner|nie|niemals|ohne|weder)
        es: (no|nunca|jamás|sin|tampoco|ni)
        fr: (pas|jamais|sans|aucun|aucune|ni)
        pt: (não|nunca|jamais|sem|nem)
        it: (non|mai|senza|nessun|nessuna|né)
        nl: (niet|geen|nooit|zonder)
        ar: (لا|لم|لن|ليس|لست|بدون|ليست|ما)
        zh: 不是; 没有; 没; 不; 别; 并不; 从不; 不想
        hi: (नहीं|न|मत|बिना|ना)

        = no-real-negator: no-negation 1
        en: (cant|couldnt|wont|wouldnt|can|could) you; why (dont|not|cant|wouldnt); not (only|just|sure|really sure); (dont|do not|didnt) (know|think|understand|see|get|worry|believe|care|mind); no (idea|longer|wonder|one|matter|doubt); cant (stop|help|wait)
        de: nicht (nur|bloß|sicher|wahr); (weiß|weiss|verstehe|kapier*|seh|sehe) nicht; (kannst|könntest|willst|würdest) du (mir |)nicht; warum nicht; keine ahnung; kann nicht aufhören
        es: no (solo|sólo|sé|se|entiendo|puedo (parar|dejar)|puedes|podrías|estoy segur*); por qué no
        fr: pas (seulement|que|sûre?|trop|forcément); (sais|comprends) pas; pourquoi pas; pas moyen; sans doute
        pt: não (só|sei|entendo|consigo parar|pode|poderia); por que não
        it: non (solo|so|capisco|sono sicur*|puoi|potresti|riesco a smettere); perché non
        zh: 能不能; 要不要; 是不是; 不知道; 不懂; 不明白; 不如; 不得不; 不只; 忍不住; 不能不; 好不好
        hi: क्यों नहीं; पता नहीं; समझ नहीं
        """
}
