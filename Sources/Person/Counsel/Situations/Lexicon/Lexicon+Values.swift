// The format is described at `CueLexicon`.

extension BuiltInLexicon {
    /// What people hold to be good, so that the goods of a charter's tension are recognised in other languages too.
    static let values = """
        = value-honesty: value/honesty .8
        en: (honest|honesty|honestly|truth|truthful*|the truth|tell (him|her|them) (what i (really |)think|everything)|frank|candid|candour|candor|sincer*|lie|lying|lied|transparent about)
        de: (ehrlich|ehrlichkeit|wahrheit|aufrichtig*|offen sagen|ehrlich sein|lüge|lügen|anlüg*|gelogen|die wahrheit|flunker*|schwindeln)
        es: (honest*|sincer*|verdad|franc[oa]|franqueza|mentir*|mentira*)
        fr: (honnête*|sincère*|sincérité|vérité|franche?|franchise|mentir|mensonge*|la vérité)
        pt: (honest*|sincer*|verdade|mentir|mentira*)
        it: (onest*|sincer*|verità|mentire|bugia|bugie)
        ar: (صدق|الصدق|صادق*|الحقيقه|صراحه|اكذب|كذبه)
        zh: 诚实; 真话; 实话; 真相; 坦白; 说谎; 撒谎; 坦诚; 如实
        ja: 正直; 本当のこと; 真実; 誠実; 嘘; 率直
        hi: ईमानदार; सच; सच्चाई; झूठ; सच बता

        = value-kindness: value/kindness .8
        en: (kind|kindness|gentle|gently|nice to|hurt (his|her|their) feelings|spare (him|her|them|his|her|their)|tactful*|polite*|compassion*|considerate|cruel*|hurtful|hurting (him|her|them)|sweet|devastate (him|her|them)|break (his|her|their) heart|crush (him|her|them|his|her|their)|comforting lie|white lie|soften|encourage (him|her|them)|(hurt|upset|offend|disappoint)(s|) (him|her|them|my))
        de: (nett|freundlich*|sanft*|schonen|verschonen|rücksicht*|gefühle verletzen|verletzen|verletze|verletzt|kränken|kränk*|taktvoll|höflich*|mitgefühl|grausam|lieb sein|weh tun|wehtun|notlüge|enttäuschen|vor den kopf stoßen)
        es: (amable*|amabilidad|bondad|bondados*|gentil*|herir (sus|los|sus) sentimientos|herirl*|hacerle daño|delicad*|tacto|cruel*|compasi*|lastimarl*|mentira piadosa|dolerle|cariñ*|ofenderl*|decepcionarl*|hiriente)
        fr: (gentil*|gentillesse|bienveillan*|bonté|blesser|vexer|ménager|tact|délicat*|cruel*|compassion|faire de la peine|doux|douceur|peiner|mensonge pieux|heurter|décevoir|froisser)
        pt: (gentil*|gentileza|bondade|bondos*|magoar|ferir|cruel|delicad*|carinh*)
        it: (gentil*|gentilezza|bontà|ferire|ferirl*|delicat*|crudel*|tatto|bugia bianca|deludere|offendere)
        ar: (لطف|لطيف*|اللطف|رحمه|جرح (مشاعره|مشاعرها)|اجرح|قاس|مجامله)
        zh: 善良; 温柔; 体贴; 伤害他; 伤害她; 伤他的心; 伤她的心; 委婉; 善意的谎言; 残忍; 友善; 照顾他的感受; 照顾她的感受; 伤人
        ja: 優し; やさし; 思いやり; 傷つけ; 気遣; 残酷; 親切
        hi: दयालु; दया; नरमी; दिल दुखा; भावनाओं को ठेस; ठेस; कोमल; भावनाएं; भावनाएँ

        = value-freedom: value/freedom .8
        en: (free|freedom|liberty|independen*|autonom*|my own (boss|choices|decisions|way|life|thing)|travel the world|self-employed|freelanc*|be my own|do what i want|adventure*|start my own|flexib*|no boss|quit and|van life|sabbatical)
        de: (frei|freiheit*|unabhängig*|autonom*|selbstbestimm*|selbstständig*|selbständig*|eigener chef|eigene chefin|abenteuer|weltreise|auszeit|mein eigenes ding|freiberuf*|flexib*|tun was ich will|ungebunden)
        es: (libre*|libertad*|independ*|autonom*|autónom*|propio jefe|propia jefa|viajar por el mundo|aventura|hacer lo que quiero|freelance|por mi cuenta|flexib*)
        fr: (libre*|liberté*|indépendan*|autonom*|propre patron*|à mon compte|faire le tour du monde|tour du monde|aventure|freelance|mener ma vie|auto-entrepren*|flexib*)
        pt: (livre*|liberdade|independ*|autonom*|autônom*|meu próprio chefe|aventura)
        it: (liber*|libertà|indipenden*|autonom*|in proprio|avventura|mettermi in proprio)
        ar: (حريه|الحريه|حر|مستقل|استقلال*|مغامره)
        zh: 自由; 独立; 自主; 自己做主; 创业; 冒险; 自己当老板
        ja: 自由; 独立; 自立; 起業; フリーランス; 冒険
        hi: आज़ादी; आजादी; स्वतंत्र; अपनी मर्ज़ी; अपनी मर्जी; फ्रीलांस; अपना काम

        = value-security: value/security .8
        en: (secur*|safe|safety|stable|stability|steady (job|income|paycheck|work)|permanent (job|position|contract)|insurance|pension|guaranteed|certain income|savings|health insurance|roof over|risk*|salary|mortgage|tenure*|civil service|safe (job|income|choice|option))
        de: (sicher|sicherheit*|stabil*|fest* (job|stelle|gehalt|anstellung|einkommen|vertrag)|festanstellung|unbefristet*|verbeamt*|beamte*|versicherung|rente|garantiert*|geregelt*|risiko|riskant|ersparnisse|abgesichert|planbar*|krankenversicherung|pension|festes)
        es: (segur*|seguridad|estable*|estabilidad|fij[oa]|sueldo fijo|trabajo fijo|contrato indefinido|pensión|garantizad*|riesgo*|arriesg*|hipoteca|funcionari*|plaza fija|ahorros)
        fr: (sûr|sécurité|sécur*|stable|stabilité|cdi|emploi (stable|fixe)|revenu* (fixe|stable|régulier)|salaire (fixe|stable)|retraite|garanti*|risque*|fonctionnaire|assurance|filet de sécurité|titularis*)
        pt: (segur*|segurança|estáve*|estabilidade|fix[oa]|emprego fixo|risco*|garantid*|concurso público|carteira assinada)
        it: (sicur*|sicurezza|stabil*|posto fisso|contratto (fisso|a tempo indeterminato)|stipendio fisso|rischi*|garantit*|indeterminato)
        ar: (امان|الامان|استقرار|الاستقرار|مضمون|ثابت|وظيفه ثابته|راتب ثابت|مخاطره|تامين)
        zh: 安全; 稳定; 保障; 铁饭碗; 固定; 编制; 风险; 养老; 安稳
        ja: 安全; 安定; 保障; 正社員; 公務員; 固定給; リスク
        hi: सुरक्षा; सुरक्षित; स्थिर; स्थायी; पक्की नौकरी; सरकारी नौकरी; जोखिम; पेंशन

        = value-privacy: value/privacy .8
        en: (private|privacy|privately|keep (it|this|that|my) (to myself|quiet|private|secret|illness|diagnosis|pregnancy|condition)|personal (matter|reasons|life|business)|confidential*|secret|my (illness|diagnosis|pregnancy|depression|health|disability|therapy|condition|divorce|treatment)|nobodys business|none of their business|to myself)
        de: (privat*|privatsphäre|für mich behalten|vertraulich*|geheim*|persönliche angelegenheit|meine (krankheit|diagnose|schwangerschaft|erkrankung|therapie|depression|behinderung|scheidung)|geht (niemanden|keinen) (etwas |was |)an)
        es: (privad*|privacidad|guardármelo|guardarlo para mí|confidencial*|secreto|personal|mi (enfermedad|diagnóstico|embarazo|terapia|depresión|divorcio|discapacidad)|íntim*|no le importa a nadie)
        fr: (privée?|vie privée|garder pour moi|confidentiel*|secret|personnel*|mon (diagnostic|handicap|traitement|divorce)|ma (maladie|grossesse|dépression|thérapie)|intim*|ne regarde personne)
        pt: (privad*|privacidade|guardar para mim|confidencial|segredo|minha (doença|gravidez|depressão)|meu diagnóstico)
        it: (privat*|privacy|tenere per me|tenerlo per me|riservat*|confidenzial*|segreto|mia (malattia|gravidanza|depressione)|mia diagnosi)
        ar: (خصوصيه|الخصوصيه|سري|سر|مرضي|حملي|شخصي)
        zh: 隐私; 保密; 秘密; 私事; 我的病; 病情; 怀孕的事; 个人情况
        ja: プライバシー; 内緒; 秘密; 個人的; 病気のこと; 妊娠のこと; 伏せ
        hi: निजी; निजता; गोपनीय; गुप्त; मेरी बीमारी; राज़; अपने तक

        = value-openness: value/openness .8
        en: (openness|open with|open about|transparen*|tell (my|the|our) (team|colleagues|boss|manager|coworkers|office|staff|department|everyone|everybody|company)|let (my|the) (team|colleagues|boss|manager|coworkers) know|inform (my|the|our)|share (it |this |)with (my|the|our) (team|colleagues|manager|boss|coworkers)|announce|disclose|colleagues know)
        de: (offenheit|offen mit|offen über|transparen*|(dem|meinem|meinen|den|der|meiner) (team|kollegen|chef|chefin|abteilung|kolleginnen|vorgesetzten) (sagen|erzählen|mitteilen)|team (sagen|erzählen|informier*|bescheid|einweihen)|kollegen (sagen|erzählen|informier*|bescheid|wissen|einweihen)|chef (sagen|erzählen|informier*)|offenlegen|bescheid geben|informieren|offen damit)
        es: (abiert* con|transparen*|apertura|(decir*|contar*|comunicar*|informar*|avisar*) … (equipo|compañeros|jefe|jefa|colegas|empresa|oficina)|revelar|que (mi equipo|mis compañeros|mis colegas) (lo |)sepa*|contárselo|compartirlo)
        fr: (transparen*|ouvert* avec|ouverture|(dire|annoncer|parler|informer|prévenir|le dire|en parler) … (équipe|collègues|chef|patron|manager|boîte|bureau)|révéler|jouer cartes sur table|mettre au courant|partager avec (mon|mes|l'))
        pt: (transparen*|abert* com|(contar|dizer|falar|avisar) … (equipe|colegas|chefe|time))
        it: (trasparen*|apert* con|(dire|dirlo|parlarne|informare|comunicare) … (squadra|team|collegh*|colleghi|capo|ufficio))
        ar: (شفافيه|اخبر (زملائي|مديري|الفريق|فريقي)|الفريق|زملائي)
        zh: 公开; 透明; 坦白; 告诉 … (同事|老板|团队|领导|大家); 让同事知道
        ja: オープン; 透明; 公表; 打ち明け; (チーム|同僚|上司|会社) … (話す|伝える|言う|報告|知らせ|伝え|話し)
        hi: खुलापन; पारदर्श; (टीम|सहकर्मियों|बॉस|ऑफिस) … (बता|सूचित)

        = value-rest: value/rest .8
        en: (rest|sleep|sleeping|relax*|break|time off|recover*|exhaust*|tired|burn(ed|t|) out|slow down|holiday|vacation|breathe|nap|day off|energy|worn out|weekend off|downtime)
        de: (ruhe|ruhen|schlaf|schlafen|erhol*|pause|auszeit|müde|erschöpf*|ausgebrannt|kürzertreten|urlaub|ausruhen|entspann*|ausschlafen|kaputt|freier tag|durchatmen)
        es: (descans*|dormir|sueño|relaj*|pausa|tiempo libre|agotad*|cansad*|vacaciones|recuperarme|parar un|siesta|bajar el ritmo)
        fr: (repos|reposer|dormir|sommeil|détente|pause|souffler|épuisée?|fatiguée?|vacances|récupérer|ralentir|lever le pied|sieste)
        pt: (descans*|dormir|sono|relaxar|pausa|cansad*|exaust*|férias)
        it: (ripos*|dormire|sonno|rilass*|pausa|stanc*|esaust*|vacanz*|staccare)
        ar: (راحه|الراحه|نوم|النوم|استراحه|متعب*|مرهق*|اجازه)
        zh: 休息; 睡觉; 睡眠; 放松; 累; 假期; 疲惫
        ja: 休み; 休む; 睡眠; 寝る; 休憩; 疲れ; のんびり; 休暇
        hi: आराम; नींद; थक; छुट्टी; विश्राम

        = value-ambition: value/ambition .8
        en: (ambition*|ambitious|career|promotion|dream job|goal*|achieve*|success*|reach (my|the)|push (myself|harder|through)|train (harder|more)|compete*|championship|master*s degree|phd|become (a|an)|aspire*|big project|work harder|side project|extra shift*|night school|marathon|novel|start-?up|medal|audition)
        de: (ehrgeiz*|ambition*|karriere|beförderung|traumjob|ziel*|erreich*|erfolg*|durchziehen|durchbeißen|wettkampf|meisterschaft|promotion|werden will|großes projekt|mehr trainieren|träume|traum|weiterbildung|nebenprojekt|marathon|abendschule)
        es: (ambici*|carrera|ascenso|trabajo soñado|meta*|objetivo*|lograr|éxito|esforzarme|competi*|campeonato|doctorado|sueño de|maratón|proyecto|oposici*|entrenar más|llegar a ser)
        fr: (ambiti*|carrière|promotion|rêve|objectif*|réussi*|succès|compéti*|championnat|doctorat|me dépasser|marathon|grand projet|concours|devenir|entraîner plus)
        pt: (ambiç*|ambicios*|carreira|promoção|sonho|meta*|objetivo*|sucesso|maratona|doutorado)
        it: (ambizi*|carriera|promozione|sogno|obiettiv*|successo|gara|dottorato|maratona|traguardo)
        ar: (طموح|الطموح|طموحي|هدف*|نجاح|ترقيه|حلم*)
        zh: 事业; 升职; 梦想; 目标; 野心; 上进; 奋斗; 抱负; 马拉松; 成功; 拼
        ja: 目標; 夢; 昇進; キャリア; 成功; 野心; 向上; 頑張り; 大会; マラソン
        hi: महत्वाकांक्षा; लक्ष्य; सपना; सपने; प्रमोशन; सफलता; करियर

        = value-understanding: value/understanding .8
        en: (understand*|learn*|figure it out|figure out|grasp|really get it|explain (it|things) in my own|know how|do it (myself|on my own)|deep*|the hard way|work it out|struggle with it|think it through)
        de: (verstehen|versteh|verständnis|kapieren|lernen|begreif*|durchdring*|selbst (herausfinden|lösen|machen|draufkommen)|wirklich können|dahinterkommen|nachvollziehen|durchdenken)
        es: (entender*|comprender*|comprensión|aprend*|hacerlo yo|por mí mism*|de verdad sé)
        fr: (comprend*|compréhension|apprend*|par moi-même|saisir|assimil*|piger)
        pt: (entend*|compreend*|aprend*|sozinh*)
        it: (capir*|comprend*|imparar*|da sol[oa]|comprensione)
        ar: (افهم|فهم|الفهم|اتعلم|تعلم)
        zh: 理解; 弄懂; 学会; 搞懂; 明白; 真正懂
        ja: 理解; 分かるよう; わかるよう; 学び; 身につけ; 自分で考え
        hi: समझना; समझ; सीखना; खुद करना; समझकर

        = value-comfort: value/comfort .8
        en: (comfort*|at ease|easy way|easier|take it easy|worn out|stress*|stressed|quick way|shortcut|less effort|relax*|not worn out|exhaust*|calm|pressure|tired|break|copy|overwhelm*|skip)
        de: (bequem*|wohlfühlen|entspannt*|leichter|einfacher|es mir leicht|stress*|gestresst|abkürzung|weniger aufwand|druck|müde|überfordert|in ruhe|gemütlich|angenehm*|pause|abschreiben|erschöpft)
        es: (cómod*|comodidad|tranquil*|más fácil|lo fácil|estrés|estresad*|atajo|menos esfuerzo|presión|cansad*|agotad*|relaj*|descans*|copiar|agobi*)
        fr: (confort*|à l'aise|tranquill*|plus facile|facilité|stress*|raccourci|moins d'effort|pression|fatiguée?|épuisée?|pause|souffler|copier|détend*)
        pt: (confort*|tranquil*|mais fácil|estress*|atalho|press*|cansad*|copiar)
        it: (comod*|comfort|tranquill*|più facile|stress*|scorciatoia|pression*|stanc*|copiare|relax)
        ar: (راحه|الراحه|مرتاح*|اسهل|ضغط|متعب*|مرهق*|توتر)
        zh: 舒服; 轻松; 省事; 压力; 累; 抄; 省力
        ja: 楽; 快適; リラックス; ストレス; 疲れ; 近道; 簡単に済ま; 写す
        hi: आराम; आसान; तनाव; दबाव; थक; आसानी; नकल

        = value-peace: value/peace .8
        en: (peace|peaceful|harmony|quiet|calm|get along|no (drama|fight|conflict|arguments)|keep the peace|let it go|avoid (a |)(fight|conflict|argument|trouble)|swallow it|keep quiet|not make waves|good terms|say nothing|live together)
        de: (frieden|friedlich*|harmonie|ruhe|kein* (streit|stress|ärger)|hausfrieden|um des (lieben |)friedens willen|auskommen|nachgeben|streit vermeiden|konflikt vermeiden|den mund halten|nichts sagen|runterschlucken|gut auskommen)
        es: (paz|pacífic*|armonía|tranquilidad|sin (peleas|conflicto*|discutir|bronca)|evitar (una pelea|el conflicto|problemas|discusiones)|llevarse bien|llevarnos bien|callarme|dejarlo pasar|ceder|convivencia)
        fr: (paix|paisible|harmonie|calme|sans (dispute*|conflit*)|éviter (une dispute|le conflit|les conflits|les histoires)|s'entendre|laisser passer|me taire|céder|pas de vagues|bonne entente|tranquillité)
        pt: (paz|harmonia|tranquil*|evitar (briga|conflito)|deixar pra lá|convivência)
        it: (pace|armonia|tranquill*|evitare (litigi|il conflitto|discussioni)|lasciar perdere|quieto vivere|stare zitt*)
        ar: (سلام|السلام|هدوء|انسجام|تجنب (الشجار|الخلاف)|اسكت)
        zh: 和平; 和气; 和睦; 安宁; 避免争吵; 忍; 算了; 以和为贵; 清静
        ja: 平和; 穏やか; 波風; 仲良く; 我慢; 揉めたくない; 静か
        hi: शांति; सुकून; मेलजोल; झगड़ा नहीं; झगड़े से बच; चुप रह

        = value-fairness: value/fairness .8
        en: (fair|fairness|fairly|unfair|just share|equal*|justice|share (the|of)|split (the|it|evenly|rent|bills|chores)|my share|pull (his|her|their) weight|turns|everyone does|same rules|50/50|half each|rights|do more than)
        de: (fair|fairness|unfair|gerecht*|ungerecht*|gleich viel|aufteil*|anteil|gleichmäßig|gleichberechtig*|abwechselnd|putzplan|jeder seinen teil|halbe-halbe|hälfte)
        es: (just[oa]|justicia|injust*|equitativ*|repart*|mi parte|por igual|igualdad|turnos|mitad)
        fr: (juste|justice|injuste*|équitable*|équité|répart*|partag*|ma part|égalité|à tour de rôle|moitié)
        pt: (just[oa]|justiça|injust*|divid*|minha parte|igualdade|metade)
        it: (giust[oa]|giustizia|ingiust*|equ[oa]|dividere|mia parte|uguaglianza|metà|turni)
        ar: (عدل|العدل|عادل|انصاف|ظلم|بالتساوي|حصتي)
        zh: 公平; 公正; 不公平; 平分; 分担; 平等; 轮流; 一半
        ja: 公平; 不公平; 平等; 分担; 公正; 当番; 半分ずつ; 割り勘
        hi: न्याय; निष्पक्ष; बराबर; अन्याय; हिस्सा; बराबरी; आधा-आधा

        = value-work: value/work .8
        en: (jobs|work|employment|employ*|factory|livelihood*|income|wages|economy|economic*|growth|quarry|mine|mill|business)
        de: (arbeitsplätze|arbeit|jobs|beschäftigung|fabrik|lebensunterhalt|einkommen|wirtschaft*|wachstum|werk|steinbruch|gewerbegebiet)
        es: (empleos|empleo|trabajo|trabajos|fábrica|sustento|ingresos|economía|económic*|crecimiento|mina|cantera)
        fr: (emplois|emploi|travail|usine|gagne-pain|revenus|économie|économique*|croissance|carrière|mine)
        pt: (empregos|emprego|trabalho|fábrica|renda|economia)
        it: (posti di lavoro|lavoro|fabbrica|reddito|economia)
        ar: (وظائف|عمل|مصنع|دخل|اقتصاد)
        zh: 就业; 工作岗位; 工厂; 经济; 收入
        ja: 雇用; 仕事; 工場; 経済; 収入
        hi: रोज़गार; रोजगार; नौकरियां; कारखाना; अर्थव्यवस्था

        = value-nature: value/nature .8
        en: (nature|environment*|valley|forest*|river*|wildlife|climate|meadow*|trees|pollut*|wetland*|species|green space|habitat)
        de: (natur|umwelt|tal|wald|wälder|fluss|tiere|klima|wiese*|bäume|verschmutz*|artenschutz|moor|biotop)
        es: (naturaleza|medio ambiente|valle|bosque*|río*|fauna|clima|árboles|contamin*|humedal*)
        fr: (nature|environnement|vallée|forêt*|rivière*|faune|climat|arbres|pollu*|zone humide)
        pt: (natureza|meio ambiente|vale|floresta*|rio*|árvores|poluição)
        it: (natura|ambiente|valle|bosc*|fiume|alberi|inquin*)
        ar: (طبيعه|الطبيعه|بيئه|غابه|نهر|وادي)
        zh: 自然; 环境; 山谷; 森林; 河; 树; 污染
        ja: 自然; 環境; 谷; 森; 川; 木々; 汚染
        hi: प्रकृति; पर्यावरण; घाटी; जंगल; नदी; पेड़

        = value-speed: value/speed .8
        en: (speed|fast*|quick*|soon*|asap|rush*|hurry|deadline|right away|on time|today|ship it|immediately)
        de: (schnell*|tempo|eilig*|eile|sofort|frist|deadline|heute noch|rechtzeitig|zügig)
        es: (rápid*|velocidad|prisa|pronto|plazo|a tiempo|hoy mismo|inmediat*)
        fr: (vite|rapide*|vitesse|urgent*|délai|à temps|tout de suite|aujourd'hui)
        zh: 快; 速度; 赶; 尽快; 截止
        ja: 早く; 速; 急い; 締め切り; すぐ
        hi: जल्दी; तेज़; तेज; समय सीमा

        = value-care: value/care .8
        en: (care|careful*|thorough*|quality|right the first time|done right|double-?check*|review*|test(s|ed|ing)|proofread*|accura*|properly)
        de: (sorgfalt|sorgfältig*|gründlich*|qualität|richtig gemacht|überprüf*|prüfen|testen|genau|ordentlich)
        es: (cuidado*|cuidadosamente|minucios*|calidad|bien hecho|revis*|comprobar|exact*)
        fr: (soin|soigneux*|soigneusement|rigoureu*|qualité|bien fait|vérifi*|relire|tester|précis*)
        zh: 仔细; 认真; 质量; 检查; 小心; 测试
        ja: 丁寧; 慎重; 品質; 確認; きちんと
        hi: सावधानी; ध्यान से; गुणवत्ता; जांच

        = value-family: value/family .8
        en: (family|familys|kids|children|parents|time with (my|the) (kids|family|children|wife|husband)|be there for)
        de: (familie|kinder|eltern|zeit mit (meinen|meiner|der|den))
        es: (familia|hijos|padres|tiempo con)
        fr: (famille|enfants|parents|temps avec)
        zh: 家庭; 家人; 孩子; 父母; 陪伴
        ja: 家族; 子ども; 両親
        hi: परिवार; बच्चे; माता-पिता

        = value-health: value/health .8
        en: (health|healthy|fit|well-?being|body)
        de: (gesundheit*|gesund|fit|wohlbefinden)
        es: (salud|saludable|sano|bienestar)
        fr: (santé|sain|bien-être)
        zh: 健康; 身体
        ja: 健康; 体調
        hi: स्वास्थ्य; सेहत

        = value-loyalty: value/loyalty .8
        en: (loyal*|stand by|betray*|faithful|promise*|keep my word)
        de: (loyal*|treue?|verrat*|versprochen|versprechen|wort halten)
        es: (leal*|fidelidad|fiel|traicion*|promesa|prometí)
        fr: (loyal*|loyauté|fidèle|fidélité|trahir|trahison|promesse|promis)
        zh: 忠诚; 背叛; 承诺; 守信
        ja: 忠誠; 裏切; 約束
        hi: वफादार; वफ़ादार; धोखा; वादा

        = value-tradition: value/tradition .8
        en: (tradition*|custom*|heritage|ancestors|the way weve always)
        de: (tradition*|brauch|bräuche|erbe der|vorfahren)
        es: (tradici*|costumbre*|antepasados)
        fr: (tradition*|coutume*|ancêtres)
        zh: 传统; 习俗; 祖先
        ja: 伝統; しきたり; 先祖
        hi: परंपरा; रीति; पूर्वज

        = value-friendship: value/friendship .8
        en: (friend|friends|friendship*|classmate*|together with|company of)
        de: (freund*|freundschaft*|mitschüler*|gemeinsam mit)
        es: (amig*|amistad*|compañer*)
        fr: (ami|amis|amie|amitié*|camarade*)
        zh: 朋友; 友谊; 同学
        ja: 友達; 友情; 仲間
        hi: दोस्त; दोस्ती; मित्र
        """
}
