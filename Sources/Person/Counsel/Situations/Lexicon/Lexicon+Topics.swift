// The format is described at `CueLexicon`.

extension BuiltInLexicon {
    /// What messages are about: the built-in topics, as far as other groups don't point to them already.
    static let topics = """
        = about-health: topic/health .7
        en: (doctor|hospital|symptom*|disease|illness|sick|fever|cough|headache*|migraine*|diabetes|cancer|surgery|pregnan*|vaccin*|allerg*|blood pressure|asthma|flu|covid|infection|rash|physio*|stomach ache|back pain|injur*|cholesterol|heart disease|nurse|er visit|checkup)
        de: (arzt|ärztin|krankenhaus|symptom*|krankheit*|krank|fieber|husten|kopfschmerz*|migräne|diabetes|krebs|operation|schwanger*|impf*|allergi*|blutdruck|asthma|grippe|infektion|verletz* am|rückenschmerz*|bauchschmerz*|schmerzen|blaue flecken|gesundheit*)
        es: (médic*|doctor*|hospital|síntoma*|enfermedad*|enferm*|fiebre|tos|dolor de|migraña*|diabetes|cáncer|cirugía|embaraz*|vacuna*|alergi*|presión arterial|asma|gripe|infección|salud)
        fr: (médecin|docteur|hôpital|symptôme*|maladie*|malade|fièvre|toux|mal de tête|migraine*|diabète|cancer|opération|enceinte|vaccin*|allergi*|tension artérielle|asthme|grippe|infection|santé|douleur*)
        pt: (médic*|hospital|sintoma*|doença*|febre|tosse|dor de|diabetes|câncer|cirurgia|grávida|vacina*|alergia*|saúde)
        it: (medico|dottor*|ospedale|sintom*|malattia|febbre|tosse|mal di|diabete|cancro|operazione|incinta|vaccin*|allergi*|salute)
        ar: (طبيب|مستشفي|اعراض|مرض|حمي|سعال|صداع|سكري|سرطان|عمليه|حامل|لقاح|حساسيه|صحه)
        zh: 医生; 医院; 症状; 疾病; 生病; 发烧; 咳嗽; 头痛; 糖尿病; 癌; 手术; 怀孕; 疫苗; 过敏; 血压; 感冒; 健康
        ja: 医者; 病院; 症状; 病気; 熱が; 咳; 頭痛; 糖尿病; 癌; 手術; 妊娠; ワクチン; アレルギー; 血圧; 風邪; 健康
        hi: डॉक्टर; अस्पताल; लक्षण; बीमारी; बीमार; बुखार; खांसी; सिरदर्द; डायबिटीज; कैंसर; ऑपरेशन; गर्भवती; एलर्जी; स्वास्थ्य

        = about-medication: topic/medication .75, topic/health .4
        en: (medication*|medicine*|ibuprofen|paracetamol|aspirin|antidepressant*|antibiotic*|insulin|warfarin|prescription*|dosage|pills|xanax|meds|melatonin|side effect*)
        de: (medikament*|ibuprofen|paracetamol|aspirin|antidepressiv*|antibiotik*|insulin|marcumar|tabletten|dosis|dosierung|rezeptpflichtig|nebenwirkung*)
        es: (medicament*|medicación|ibuprofeno|paracetamol|aspirina|antidepresiv*|antibiótic*|insulina|pastillas|dosis|sintrom|efectos secundarios)
        fr: (médicament*|ibuprofène|paracétamol|doliprane|aspirine|antidépresseur*|antibiotique*|insuline|cachets|comprimés|posologie|effets secondaires)
        pt: (medicament*|remédio*|ibuprofeno|paracetamol|antibiótic*|insulina|comprimid*)
        it: (farmac*|medicin*|ibuprofene|tachipirina|antibiotic*|insulina|pastigli*)
        ar: (دواء|ادويه|الدواء|مضاد حيوي|انسولين|حبوب)
        zh: 药; 布洛芬; 抗生素; 胰岛素; 剂量
        ja: 薬; 抗生物質; インスリン; 服用; 副作用
        hi: दवा; दवाई; गोली; खुराक; इंसुलिन

        = about-mental-health: topic/mental-health .75
        en: (anxiety|anxious|depress*|therap(y|ist)|burn(t|ed|) ?out|burnout|panic attack*|insomnia|cant sleep|ptsd|bipolar|ocd|eating disorder|mental health|adhd|psychologist|psychiatrist|stressed|overwhelmed|antidepressant*)
        de: (angstzustände|depress*|therapie|therapeut*|burnout|ausgebrannt|panikattacke*|schlaflos*|kann nicht schlafen|psych*|essstörung|adhs|überfordert|antidepressiv*)
        es: (ansiedad|depresi*|deprimid*|terapia|terapeuta|agotamiento|ataque* de pánico|insomnio|no puedo dormir|salud mental|psicólog*|psiquiatra|trastorno|estrés)
        fr: (anxiété|angoiss*|dépress*|déprim*|thérapie|thérapeute|burn-?out|crise* d'angoisse|insomnie*|n'arrive pas à dormir|santé mentale|psychologue|psychiatre|psy|stress)
        pt: (ansiedade|depress*|terapia|terapeuta|esgotad*|insônia|psicólog*|saúde mental)
        it: (ansia|depress*|terapia|terapeuta|esaurit*|insonnia|psicolog*|salute mentale)
        ar: (اكتئاب|قلق|علاج نفسي|طبيب نفسي|ارق|نوبه هلع|الصحه النفسيه)
        zh: 焦虑; 抑郁; 心理; 失眠; 倦怠; 恐慌; 压力大
        ja: 不安障害; うつ; 鬱; カウンセリング; 不眠; 眠れない; パニック; メンタル; 燃え尽き; 心療内科
        hi: चिंता; अवसाद; डिप्रेशन; थेरेपी; नींद नहीं; मानसिक; तनाव

        = about-relationships: topic/relationships .7
        en: (boyfriend|girlfriend|husband|wife|spouse|partner|marriage|divorce|dating|date (with|night)|crush|ex|breakup|broke up|friend|friends|friendship|roommate|flatmate|neighbo*|sister|brother|mother|father|mom|mum|dad|parents|family|in-laws|mother-in-law|cousin|aunt|uncle|grand(ma|pa|mother|father|parents)|wedding|texted (her|him)|fianc*)
        de: (freund|freundin|ehemann|ehefrau|mann|frau|ehe|scheidung|beziehung|schwarm|ex|trennung|freunde|freundschaft|mitbewohner*|nachbar*|schwester|bruder|mutter|vater|mama|papa|eltern|familie|schwieger*|cousin*|tante|onkel|oma|opa|hochzeit|geschwister|wg)
        es: (novi[oa]|novio|novia|marido|esposo|esposa|pareja|matrimonio|divorcio|relación|ex|ruptura|amigo|amiga|amigos|amistad|compañer* de piso|vecin*|hermana|hermano|madre|padre|mamá|papá|padres|familia|suegr*|prim[oa]|tía|tío|abuel*|boda|cuñad*)
        fr: (copain|copine|mari|femme|conjoint|couple|mariage|divorce|relation|ex|rupture|ami|amie|amis|amitié|colocataire|coloc|voisin*|soeur|frère|mère|père|maman|papa|parents|famille|belle-mère|beau-père|cousin*|tante|oncle|grand-*|noces|belle-famille)
        pt: (namorad*|marido|esposa|casamento|divórcio|relacionamento|ex|amig*|vizinh*|irmã*|mãe|pai|família|sogr*)
        it: (ragazz[oa]|fidanzat*|marito|moglie|matrimonio|divorzio|relazione|ex|amic*|coinquilin*|vicin* di casa|sorella|fratello|madre|padre|famiglia|suocer*)
        ar: (زوجي|زوجتي|خطيب*|صديق*|جار*|اخت*|اخي|امي|ابي|عائله|زواج|طلاق|حماتي)
        zh: 男朋友; 女朋友; 老公; 老婆; 丈夫; 妻子; 婚姻; 离婚; 恋爱; 分手; 朋友; 室友; 邻居; 姐姐; 妹妹; 哥哥; 弟弟; 妈妈; 爸爸; 父母; 家人; 婆婆; 结婚
        ja: 彼氏; 彼女; 夫; 妻; 結婚; 離婚; 恋愛; 別れ; 友達; 友人; ルームメイト; 隣人; 姉; 妹; 兄; 弟; 母; 父; 両親; 家族; 義母; 恋人
        hi: बॉयफ्रेंड; गर्लफ्रेंड; पति; पत्नी; शादी; तलाक; दोस्त; पड़ोसी; बहन; भाई; मां; माँ; पिता; परिवार; सास; रिश्ता

        = about-parenting: topic/parenting .75
        en: (my (kid|kids|child|children|toddler|baby|newborn|son|daughter|teenager|teen)|parenting|breastfeed*|bedtime|diaper*|tantrum*|screen time|raising (kids|children))
        de: (mein kind|meine kinder|meinem kind|meinen kindern|mein sohn|meine tochter|meinen sohn|meiner tochter|meinem sohn|unser sohn|unsere tochter|kleinkind|baby|erziehung|stillen|trotzphase|pubertät|bildschirmzeit|kita|windel*)
        es: (mi hij[oa]|mi hijo|mi hija|mis hijos|mi bebé|crianza|berrinche*|rabieta*|lactancia|pañal*|tiempo de pantalla)
        fr: (mon fils|ma fille|mes enfants|mon enfant|mon bébé|mon ado|éducation de|allait*|couche*|caprice*|temps d'écran|parentalité)
        pt: (meu filho|minha filha|meus filhos|meu bebê|birra*|amamenta*)
        it: (mio figlio|mia figlia|i miei figli|mio bambin*|mia bambin*|capricc*|allatt*)
        ar: (ابني|ابنتي|اولادي|طفلي|تربيه|رضيع)
        zh: 我儿子; 我女儿; 我孩子; 孩子; 宝宝; 育儿; 哺乳
        ja: 息子; 娘; 子ども; 子供; 赤ちゃん; 育児; 子育て; 授乳
        hi: मेरा बेटा; मेरी बेटी; मेरे बच्चे; बच्चा; बच्चे; परवरिश

        = about-school: topic/schoolwork .75
        en: (homework|essay*|assignment*|school|class|teacher|worksheet|lab report|term paper|thesis|dissertation|coursework|book report|math|maths|algebra|geometry|calculus|equation*|fractions?|biology|chemistry|physics|history class|grammar exercise*|spelling|photosynthesis|pupil*|student*|university|college|professor|lecture*|textbook|quadratic|derivative*|integral*|vocabulary|tutor*|physics|trigonometry|verb*|conjugat*)
        de: (hausaufgabe*|aufsatz|referat|schule|unterricht|lehrer*|arbeitsblatt|hausarbeit|facharbeit|bachelorarbeit|masterarbeit|mathe*|algebra|geometrie|gleichung*|bruch|brüche|bruchrechn*|biologie|chemie|physik|geschichtsunterricht|grammatik*|vokabel*|photosynthese|schüler*|student*|studium|uni|professor*|vorlesung|lehrbuch|ableitung*|integral*|erörterung|gedichtanalyse|latein|satz des pythagoras|dreisatz)
        es: (deberes|tarea|tareas|ensayo|redacción|escuela|colegio|instituto|clase|profesor*|maestr*|tesis|tfg|matemáticas|mates|álgebra|geometría|ecuaci*|fraccion*|biología|química|física|historia|gramática|vocabulario|fotosíntesis|alumn*|estudiante*|universidad|derivada*|integral*|verbos|trabajo de clase|ejercicios)
        fr: (devoirs?|dissertation|rédaction|exposé|école|collège|lycée|cours|professeur|prof|mémoire|thèse|maths?|mathématiques|algèbre|géométrie|équation*|fractions?|biologie|chimie|physique|histoire-géo|grammaire|vocabulaire|photosynthèse|élève*|étudiant*|université|fac|dérivée*|intégrale*|conjugaison|exercice*|svt|théorème)
        pt: (lição de casa|dever de casa|redação|escola|aula|professor*|tcc|matemática|álgebra|equaç*|fraç*|biologia|química|física|gramática|fotossíntese|alun*|estudante*|faculdade)
        it: (compiti|tema|scuola|lezione|professor*|tesi|tesina|matematica|algebra|equazion*|frazion*|biologia|chimica|fisica|grammatica|fotosintesi|student*|università|verifica|derivat*)
        ar: (واجب|واجبي|مدرسه|المدرسه|معلم|استاذ|رياضيات|الرياضيات|معادله|احياء|كيمياء|فيزياء|قواعد|طالب|جامعه|مقال|بحث مدرسي|حصه)
        zh: 作业; 作文; 学校; 老师; 课堂; 论文; 数学; 代数; 几何; 方程; 分数; 生物; 化学; 物理; 语法; 单词; 学生; 大学; 课文; 练习题; 光合作用
        ja: 宿題; 作文; 学校; 先生; 授業; 論文; レポート; 数学; 算数; 方程式; 分数; 生物; 化学; 物理; 文法; 単語; 学生; 大学; 教科書; 光合成; 感想文
        hi: होमवर्क; गृहकार्य; निबंध; स्कूल; विद्यालय; अध्यापक; शिक्षक; गणित; बीजगणित; समीकरण; भिन्न; जीव विज्ञान; रसायन; भौतिक; व्याकरण; विद्यार्थी; कॉलेज; प्रकाश संश्लेषण; असाइनमेंट

        = about-exams: topic/exams .8, topic/schoolwork .4
        en: (exam|exams|midterm*|finals|final exam*|sat|gre|test (tomorrow|on monday|next|today)|quiz|cram*|bar exam|driving test|a-?levels|gcse*|studying for|revis(e|ing|ion) for|grade on|board exam*)
        de: (prüfung*|klausur*|abitur|abi|klassenarbeit|schulaufgabe|test morgen|examen|staatsexamen|führerscheinprüfung|durchgefallen|lernen für)
        es: (examen|exámenes|selectividad|parcial*|oposici*|prueba de acceso|recuperación|estudiar para)
        fr: (examen|examens|partiel*|bac|brevet|contrôle (de|demain|lundi)|concours|interro|rattrapage*|réviser|révisions?)
        pt: (prova|provas|exame*|vestibular|enem)
        it: (esame|esami|maturità|interrogazione|verifica|concorso)
        ar: (امتحان|امتحانات|اختبار|الاختبار)
        zh: 考试; 高考; 期末; 期中; 考研; 测验; 中考
        ja: 試験; テスト; 期末; 受験; センター試験; 中間テスト; 検定
        hi: परीक्षा; इम्तिहान; एग्जाम; बोर्ड; टेस्ट

        = about-work: topic/work .7
        en: (job|jobs|boss|manager|coworker*|colleague*|career|resume|cover letter|interview|salary|raise|promotion|layoff*|laid off|quit my|employer|employee*|workplace|unemploy*|office|freelanc*|overtime|resign*|internship|hired|fired|start-?up|my team|night shift*)
        de: (job|chef|chefin|kolleg*|karriere|lebenslauf|bewerbung*|vorstellungsgespräch|gehalt*|beförder*|kündig*|gekündigt|arbeitgeber|arbeitsplatz|arbeitslos*|büro|überstunden|praktikum|stelle|beruf*|selbstständig|firma|arbeit)
        es: (trabajo|empleo|jefe|jefa|compañer* de trabajo|colega*|carrera|currículum|entrevista|sueldo|salario|aumento|ascenso|despid*|empresa|oficina|desempleo|paro|prácticas|renunciar|puesto|autónom*)
        fr: (travail|boulot|emploi|patron|chef|cheffe|collègue*|carrière|cv|lettre de motivation|entretien d'embauche|salaire|augmentation|promotion|licenci*|entreprise|bureau|chômage|stage|démission*|poste|reconversion)
        pt: (trabalho|emprego|chefe|colega*|carreira|currículo|entrevista|salário|demiss*|empresa|estágio)
        it: (lavoro|impiego|capo|collegh*|collega|carriera|curriculum|colloquio|stipendio|licenzi*|azienda|ufficio|tirocinio)
        ar: (عمل|عملي|وظيفه|وظيفتي|مدير*|زميل*|راتب|استقال*|مقابله عمل|شركه)
        zh: 工作; 老板; 同事; 上司; 职业; 简历; 面试; 工资; 薪水; 升职; 辞职; 裁员; 公司; 实习; 跳槽; 加班
        ja: 仕事; 上司; 同僚; 転職; 履歴書; 面接; 給料; 昇進; 退職; 会社; 職場; 残業; インターン; 就職
        hi: नौकरी; बॉस; सहकर्मी; करियर; वेतन; इंटरव्यू; इस्तीफा; इस्तीफ़ा; कंपनी; दफ्तर; ऑफिस

        = about-money: topic/money .75
        en: (money|debt*|loan*|mortgage|credit card*|budget*|invest*|stock*|crypto|bitcoin|savings|save up|rent|bills|pocket money|allowance|pension|tax|taxes|bank account|afford|overdraft|paycheck|inheritance|insurance)
        de: (geld|schulden|kredit*|hypothek|budget*|investier*|aktie*|krypto|bitcoin|ersparnis*|sparen|miete|rechnungen|taschengeld|rente|steuer*|konto|leisten|dispo|erbe|versicherung*|etf)
        es: (dinero|deuda*|préstamo*|hipoteca|tarjeta de crédito|presupuesto|invertir|inversi*|acciones|cripto|bitcoin|ahorr*|alquiler|facturas|paga semanal|pensión|impuesto*|cuenta bancaria|herencia|seguro)
        fr: (argent|dette*|prêt|crédit*|hypothèque|budget|investi*|bourse|crypto|bitcoin|économies|épargne*|loyer|factures|argent de poche|retraite|impôt*|compte bancaire|découvert|héritage|assurance*)
        pt: (dinheiro|dívida*|empréstimo*|cartão de crédito|orçamento|investi*|ações|poupan*|aluguel|mesada|imposto*)
        it: (soldi|denaro|debit*|prestito|mutuo|carta di credito|investi*|azioni|risparmi*|affitto|paghetta|tasse|conto in banca)
        ar: (مال|المال|ديون|قرض|ميزانيه|استثمار|اسهم|ادخار|ايجار|مصروف|ضريبه|راتب)
        zh: 钱; 债; 贷款; 房贷; 信用卡; 预算; 投资; 股票; 存款; 房租; 零花钱; 税; 保险; 理财
        ja: お金; 借金; ローン; 住宅ローン; クレジットカード; 予算; 投資; 株; 貯金; 家賃; お小遣い; 税金; 保険; 節約
        hi: पैसा; पैसे; कर्ज; क़र्ज़; लोन; बजट; निवेश; शेयर; बचत; किराया; जेब खर्च; टैक्स; बीमा

        = about-law: topic/law .75
        en: (law|legal*|lawyer|attorney|court|lawsuit|sue|contract|police|rights|custody|divorce papers|patent|copyright|gdpr|illegal|crime|arrest*|judge)
        de: (gesetz*|recht auf|rechtlich*|anwalt|anwältin|gericht*|klage|verklag*|vertrag|polizei|rechte|sorgerecht|patent|urheberrecht|dsgvo|illegal|straf*|richter*|mietrecht|arbeitsrecht)
        es: (ley|leyes|legal*|abogad*|tribunal|juicio|demand*|contrato|policía|derechos|custodia|patente|ilegal|delito|juez|jueza)
        fr: (loi|lois|légal*|juridique|avocate?|tribunal|procès|contrat|police|droits|garde alternée|brevet|rgpd|illégal*|délit|juge|plainte)
        pt: (lei|leis|legal|advogad*|tribunal|processo judicial|contrato|polícia|direitos|ilegal|crime|juiz)
        it: (legge|leggi|legal*|avvocat*|tribunale|causa legale|contratto|polizia|diritti|illegal*|reato|giudice)
        ar: (قانون|القانون|محامي|محكمه|المحكمه|قضيه|عقد|شرطه|حقوق)
        zh: 法律; 律师; 法院; 起诉; 合同; 警察; 权利; 违法; 判决; 版权
        ja: 法律; 弁護士; 裁判; 訴え; 契約; 警察; 権利; 違法; 著作権
        hi: कानून; क़ानून; वकील; अदालत; कोर्ट; मुकदमा; पुलिस; अधिकार; अवैध

        = about-faith: topic/faith .8
        en: (god|pray|prayer*|church|bible|quran|koran|torah|islam*|muslim|christian*|jewish|buddh*|hindu*|faith|religio*|atheis*|agnostic|sin|mosque|temple|synagogue|ramadan|easter|meditat*|spiritual*|baptis*|afterlife|priest|imam|rabbi|hijab|halal|kosher|karma)
        de: (gott|beten|gebet*|kirche|bibel|koran|thora|islam*|muslim*|christ|christen*|jüdisch*|jude|buddh*|hindu*|glaube an|glauben an|religi*|atheis*|sünde|moschee|tempel|synagoge|ramadan|spirituell*|taufe|konfirmation|pfarrer*|imam|rabbi|kopftuch)
        es: (dios|rezar|rezo|oración*|iglesia|biblia|corán|islam|musulm*|cristian*|judí*|budis*|fe|religi*|ate[oa]|pecado|mezquita|templo|ramadán|espiritual*|bautizo|cura|imán|misa)
        fr: (dieu|prier|prière*|église|bible|coran|islam|musulman*|chrétien*|juif|juive|boudd*|foi|religi*|athée|péché|mosquée|temple|ramadan|spirituel*|baptême|prêtre|imam|messe|laïcité)
        pt: (deus|rezar|oração|igreja|bíblia|fé|religi*|pecado|espiritual*|missa)
        it: (dio|pregare|preghiera|chiesa|bibbia|fede|religi*|peccato|spiritual*|messa|musulman*|cristian*)
        ar: (الله|صلاه|الصلاه|مسجد|قران|القران|دين|الدين|رمضان|ايمان|ذنب|حجاب|حرام|حلال)
        zh: 上帝; 神; 祈祷; 教堂; 圣经; 佛; 信仰; 宗教; 基督; 伊斯兰; 寺
        ja: 神様; 祈り; 教会; 聖書; 信仰; 宗教; 仏教; キリスト; イスラム; 神社
        hi: भगवान; ईश्वर; प्रार्थना; मंदिर; मस्जिद; धर्म; कुरान; गीता; पूजा; आस्था; पाप

        = about-politics: topic/politics .8
        en: (politic*|election*|vote|voting|party leader|government|president|prime minister|parliament|congress|senat*|democrat*|republican*|conservative*|liberal*|socialis*|capitalis*|immigration|abortion|gun control|brexit|referendum|left-wing|right-wing|protest*|policy|war in|ukraine|gaza|israel|palestin*|climate policy|welfare state|minimum wage|death penalty)
        de: (politi*|wahl|wahlen|wählen|partei*|regierung|kanzler*|bundestag|minister*|cdu|spd|afd|fdp|grünen|linke|konservativ*|sozialis*|kapitalis*|einwanderung|migration|abtreibung|volksabstimmung|demonstr*|krieg in|ukraine|gaza|israel|bürgergeld|tempolimit|todesstrafe|mindestlohn)
        es: (polític*|elecci*|votar|voto|partido político|gobierno|presidente|congreso|senado|psoe|izquierda|derecha|conservador*|socialis*|capitalis*|inmigración|aborto|referéndum|manifestaci*|guerra en|pena de muerte|salario mínimo)
        fr: (politi*|élection*|voter|vote|parti politique|gouvernement|président|assemblée|sénat|gauche|droite|extrême|socialis*|capitalis*|immigration|avortement|référendum|manif*|guerre en|peine de mort|smic|macron|le pen|mélenchon)
        pt: (polític*|eleiç*|votar|partido|governo|presidente|congresso|esquerda|direita|aborto|lula|bolsonaro)
        it: (politic*|elezion*|votare|partito|governo|presidente|parlamento|sinistra|destra|aborto|immigrazione)
        ar: (سياسه|السياسه|انتخابات|الانتخابات|حكومه|الحكومه|رئيس|حزب|برلمان|مظاهره)
        zh: 政治; 选举; 投票; 政府; 总统; 主席; 政党; 议会; 移民政策; 堕胎; 死刑
        ja: 政治; 選挙; 投票; 政府; 首相; 政党; 国会; 移民; 中絶; 死刑
        hi: राजनीति; चुनाव; वोट; सरकार; प्रधानमंत्री; पार्टी; संसद; मतदान; भाजपा; कांग्रेस

        = about-technology: topic/technology .75
        en: (computer*|laptop|phone|software|hardware|app|apps|code|coding|program*|python|javascript|java|sql|server|database|wifi|wi-fi|router|browser|website|windows|linux|iphone|android|excel|spreadsheet|printer|install*|bug|api|password|algorithm|css|html|docker|git|compile*|stack trace|regex)
        de: (computer|laptop|handy|software|hardware|app|apps|code|programmier*|python|javascript|java|sql|server|datenbank|wlan|router|browser|website|webseite|windows|linux|iphone|android|excel|tabelle|drucker|installier*|passwort|algorithmus|docker|git)
        es: (computador*|ordenador|portátil|móvil|software|aplicación|app|código|programa*|python|javascript|sql|servidor|base de datos|wifi|router|navegador|página web|windows|linux|iphone|android|excel|impresora|instalar|contraseña|algoritmo)
        fr: (ordinateur|portable|téléphone|logiciel*|application|appli|code|programm*|python|javascript|sql|serveur|base de données|wifi|routeur|box|navigateur|site web|windows|linux|iphone|android|excel|tableur|imprimante|install*|mot de passe|algorithme)
        pt: (computador|celular|aplicativo|código|python|servidor|wifi|site|windows|excel|impressora|senha)
        it: (computer|telefono|cellulare|app|codice|python|server|wifi|sito|windows|excel|stampante|password)
        ar: (حاسوب|كمبيوتر|هاتف|تطبيق|برمجه|كود|خادم|موقع|طابعه|بايثون)
        zh: 电脑; 手机; 软件; 程序; 代码; 编程; 服务器; 数据库; 网站; 密码; 算法; 安装; 打印机
        ja: パソコン; スマホ; ソフト; アプリ; コード; プログラ; サーバー; データベース; ウェブサイト; パスワード; インストール; プリンター
        hi: कंप्यूटर; फोन; फ़ोन; सॉफ्टवेयर; ऐप; कोड; प्रोग्राम; सर्वर; वेबसाइट; पासवर्ड; प्रिंटर

        = about-creativity: topic/creativity .75
        en: (poem*|story|novel|short story|lyrics|song|songwriting|paint*|draw*|sketch*|photograph*|music|guitar|piano|compos*|screenplay|character arc|fiction|haiku|creative|knit*|crochet*|pottery|choir|theatre|theater|sculpt*|design a logo|sonnet)
        de: (gedicht*|geschichte schreib*|kurzgeschichte|roman|liedtext*|lied|malen|male|zeichn*|fotograf*|musik|gitarre|klavier|komponier*|drehbuch|haiku|kreativ*|strick*|häkel*|töpfer*|chor|theater|skulptur)
        es: (poema*|cuento|novela|letra de|canción|pint*|dibuj*|fotograf*|música|guitarra|piano|compon*|guion|haiku|creativ*|tejer|teatro|escultura|coro)
        fr: (poème*|nouvelle|roman|paroles de|chanson|peindre|peinture|dessin*|photograph*|musique|guitare|piano|compos*|scénario|haïku|créati*|tricot*|théâtre|sculpture|chorale)
        pt: (poema*|conto|romance|música|canção|pint*|desenh*|violão|teatro)
        it: (poesia|racconto|romanzo|canzone|dipin*|disegn*|musica|chitarra|pianoforte|teatro)
        ar: (قصيده|قصه|روايه|اغنيه|رسم|موسيقي|عزف)
        zh: 诗; 小说; 故事; 歌词; 歌曲; 画画; 绘画; 摄影; 音乐; 吉他; 钢琴; 剧本; 创作
        ja: 詩; 小説; 物語; 歌詞; 曲; 絵を; 絵画; 写真; 音楽; ギター; ピアノ; 脚本; 俳句; 創作
        hi: कविता; कहानी; उपन्यास; गीत; गाना; चित्र; संगीत; गिटार

        = about-food: topic/food .75
        en: (recipe*|cook*|bake|baking|dinner|lunch|breakfast|meal*|diet|vegan|vegetarian|bread|pasta|soup|cake|sourdough|calorie*|ingredient*|restaurant*|oven|rice|risotto|lentil*)
        de: (rezept*|koch*|back*|abendessen|mittagessen|frühstück|mahlzeit*|diät|vegan|vegetarisch|brot|nudel*|suppe|kuchen|sauerteig|kalorien|zutaten|restaurant|linsen|risotto)
        es: (receta*|cocin*|hornear|cena|almuerzo|desayuno|comida|dieta|vegan*|vegetarian*|pan|pasta|sopa|pastel|calorías|ingredientes|restaurante|lentejas|paella|tortilla)
        fr: (recette*|cuisin*|cuire|dîner|déjeuner|repas|régime|végan*|végétarien*|pain|pâtes|soupe|gâteau|levain|calories|ingrédients|restaurant|lentilles|tarte)
        pt: (receita*|cozinh*|jantar|almoço|café da manhã|comida|dieta|vegan*|pão|sopa|bolo)
        it: (ricett*|cucin*|cena|pranzo|colazione|dieta|vegan*|pane|pasta|zuppa|torta|risotto)
        ar: (وصفه|طبخ|عشاء|غداء|فطور|طعام|حميه|خبز|حساء|كعك)
        zh: 食谱; 做饭; 做菜; 晚饭; 午饭; 早饭; 饮食; 素食; 面包; 汤; 蛋糕; 餐厅; 炒
        ja: レシピ; 料理; 夕食; 昼食; 朝食; 食事; ダイエット; パン; スープ; ケーキ; 食材
        hi: रेसिपी; खाना; पकाना; डिनर; नाश्ता; रोटी; सूप; केक; दाल; सब्जी

        = about-environment: topic/environment .8
        en: (climate*|environment*|recycl*|pollution|carbon|emission*|renewable*|solar panel*|wind farm*|biodiversity|deforestation|plastic waste|sustainab*|compost*|wetland*|the valley|rainforest*|greenhouse gas*|endangered)
        de: (klima*|umwelt*|recycl*|verschmutz*|co2|emission*|erneuerbar*|solar*|windrad|windräder|windpark|artenvielfalt|abholz*|plastikmüll|nachhaltig*|kompost*|moor|regenwald|naturschutz)
        es: (clima*|cambio climático|medio ambiente|ambiental*|recicl*|contaminaci*|carbono|emision*|renovable*|solar*|biodiversidad|deforestación|plástico|sostenib*|compost*)
        fr: (climat*|environnement*|recycl*|pollution|carbone|émission*|renouvelable*|solaire*|éolien*|biodiversité|déforestation|plastique|durable|compost*|écolog*)
        pt: (clima|ambient*|recicl*|poluição|carbono|renováve*|desmatamento|sustentáve*)
        it: (clima*|ambient*|ricicl*|inquinament*|carbonio|rinnovabil*|biodiversità|sostenibil*)
        ar: (مناخ|المناخ|بيئه|البيئه|تدوير|تلوث|طاقه متجدده)
        zh: 气候; 环境保护; 环保; 回收; 污染; 碳; 可再生; 可持续
        ja: 気候; 環境; リサイクル; 汚染; 温暖化; 再生可能; 持続可能
        hi: जलवायु; पर्यावरण; प्रदूषण; रीसाइक्लिंग; कार्बन

        = about-animals: topic/animals .75
        en: (dog|dogs|cat|cats|puppy|kitten|pet|pets|vet|horse*|rabbit*|hamster|bird feeder|cow|cows|chicken*|animal*|fish tank|aquarium|parrot|wildlife|bees|beehive)
        de: (hund|hunde|katze|katzen|welpe*|kätzchen|haustier*|tierarzt|tierärztin|pferd*|kaninchen|hamster|kuh|kühe|huhn|hühner|tier|tiere|aquarium|papagei|bienen)
        es: (perro*|perra|gato*|gata|cachorro*|mascota*|veterinari*|caballo*|conejo*|vaca*|gallina*|animal*|acuario|loro|abejas)
        fr: (chien*|chat|chats|chatte|chiot*|chaton*|animal de compagnie|vétérinaire|cheval|chevaux|lapin*|vache*|poule*|animaux|aquarium|perroquet|abeilles)
        pt: (cachorr*|gato*|pet|veterinári*|cavalo*|coelho*|vaca*|animal|animais)
        it: (cane|cani|gatto|gatti|gatta|cucciol*|veterinari*|cavall*|conigli*|mucc*|animal*)
        ar: (كلب|قطه|قطتي|كلبي|حيوان|بيطري|حصان|ارنب)
        zh: 狗; 猫; 宠物; 兽医; 马; 兔; 动物; 鸟
        ja: 犬; 猫; ペット; 獣医; 馬; うさぎ; 動物; 鳥
        hi: कुत्ता; कुत्ते; बिल्ली; पालतू; पशु; जानवर; घोड़ा

        = about-privacy: topic/privacy .8
        en: (privacy|private data|personal data|surveillance|tracking me|spyware|gps tracker|read (her|his|my|their) (messages|texts|diary|emails)|go through (her|his|their|my) phone|camera in|location sharing|leak(ed|) data|doxx*|facial recognition|cookies policy|her diary|his phone|her phone)
        de: (privatsphäre|datenschutz|persönliche daten|überwach*|spyware|gps-tracker|nachrichten (mit|)les*|handy (kontrollier*|durchsuch*)|tagebuch|standort teilen|datenleck|gesichtserkennung)
        es: (privacidad|datos personales|vigilancia|espía*|espiar|leer sus mensajes|revisar su (móvil|celular|teléfono)|diario personal|ubicación|filtración de datos|reconocimiento facial)
        fr: (vie privée|données personnelles|surveillance|espion*|lire ses messages|fouiller (son|dans son) (téléphone|portable)|journal intime|géolocalisation|fuite de données|reconnaissance faciale)
        pt: (privacidade|dados pessoais|vigilância|espionar|reconhecimento facial)
        it: (privacy|dati personali|sorveglianza|spiare|riconoscimento facciale)
        ar: (خصوصيه|الخصوصيه|بيانات شخصيه|مراقبه|تجسس)
        zh: 隐私; 个人信息; 监控; 偷看; 人脸识别
        ja: プライバシー; 個人情報; 監視; 盗み見; 顔認証
        hi: निजता; गोपनीयता; निजी डेटा; निगरानी; जासूसी

        = about-ai: topic/ai .8
        en: (artificial intelligence|ai|chatgpt|gpt|llm*|language model*|neural network*|machine learning|are you (a bot|human|an ai|real|alive|conscious|sentient)|robot*|chatbot*|deepfake*)
        de: (künstliche intelligenz|ki|chatgpt|sprachmodell*|neuronal*|maschinelles lernen|bist du (ein bot|ein mensch|eine ki|echt|bewusst)|roboter*|chatbot*)
        es: (inteligencia artificial|ia|chatgpt|modelo de lenguaje|red neuronal|redes neuronales|aprendizaje automático|eres (un bot|human*|una ia|real)|robot*|chatbot*)
        fr: (intelligence artificielle|ia|chatgpt|modèle de langue|réseau* de neurones|apprentissage automatique|es-tu (un bot|humain|une ia|réel|consciente?)|robot*|chatbot*)
        pt: (inteligência artificial|ia|chatgpt|você é (um robô|human*))
        it: (intelligenza artificiale|ia|chatgpt|sei (un bot|uman*|una ia))
        ar: (ذكاء اصطناعي|الذكاء الاصطناعي|روبوت|هل انت انسان)
        zh: 人工智能; 机器学习; 大模型; 神经网络; 你是机器人; 你是人吗; 聊天机器人
        ja: 人工知能; 機械学習; AI; 言語モデル; あなたは人間; ロボット; チャットボット
        hi: कृत्रिम बुद्धिमत्ता; एआई; रोबोट; मशीन लर्निंग; क्या तुम इंसान; क्या आप इंसान
        """

    /// Small words that tell languages in Latin letters apart.
    static let languages = """
        = small-words: language 1
        en: the; and; is; are; was; to; of; my; i; im; you; it; that; this; what; how; can; for; with; have; has; do; does; dont; not; should; would; me; he; she; his; her; they; but; if; so; just; an; be; been; at; by; your; will; from; about; when; there; we; or; cant; ive; ill; thats; its; isnt; please; thanks; help; write; good; tell; who; why; which; did; were; on; all; up; never; any; some; out; get; know
        de: der; die; das; und; ist; ich; nicht; ein; eine; einen; mir; mich; du; dich; dir; es; sie; er; wir; mit; für; auf; von; zu; den; dem; des; im; am; wie; was; wenn; dass; aber; oder; auch; noch; nur; kann; habe; hab; hat; bin; bist; sind; mein; meine; meinen; meiner; meinem; dein; deine; schon; so; bitte; danke; wer; warum; welche; soll; sollte; kannst; immer; nie; ohne; nach; bei; aus; vor; um; jetzt; heute; morgen; mal; doch; denn; gute; nacht; wieder; hallo; sag; schreib; ihr; ihm; ihn
        es: el; la; los; las; un; una; y; es; que; de; del; en; no; mi; mis; me; te; se; lo; le; con; por; para; como; pero; si; ya; muy; más; qué; cómo; cuando; está; estoy; soy; eres; son; tengo; tiene; hay; puedo; puedes; quiero; debo; yo; tú; él; ella; su; sus; al; nada; todo; todos; esto; eso; este; esta; hola; gracias; dime; sin; porque; o; he; ha; han; nunca; siempre; hoy; mañana; bien; también; noches; creo
        fr: le; la; les; un; une; et; est; que; de; des; du; en; ne; pas; je; j; tu; il; elle; on; nous; vous; ils; mon; ma; mes; me; te; se; avec; pour; par; sur; dans; comme; mais; si; ou; qui; quoi; ce; c; cette; ça; suis; es; sont; ai; as; a; ont; au; aux; plus; très; bien; bonjour; merci; l; d; qu; s; n; m; dois; faut; peux; veux; fait; faire; tout; jamais; toujours; moi; toi; lui; son; sa; ses; y; être; avoir; alors; donc; dis; bonne; quand; quel; quelle
        pt: o; os; as; um; uma; e; é; que; de; do; da; dos; das; em; no; na; não; eu; você; ele; ela; meu; minha; meus; minhas; me; se; com; por; para; pra; como; mas; muito; mais; está; estou; sou; são; tenho; tem; posso; quero; isso; isto; este; esta; obrigado; obrigada; também; já; até; foi; ser; ao; à; nunca; sempre; hoje; amanhã; sem; porque; ou; bom; boa; seu; sua
        it: il; lo; la; gli; i; un; una; e; è; che; di; del; della; dei; in; non; io; tu; lui; lei; noi; mio; mia; miei; mie; mi; ti; si; con; per; come; ma; se; più; molto; sono; sei; ho; hai; ha; hanno; posso; voglio; devo; questo; questa; quello; grazie; anche; già; nel; nella; al; alla; da; dal; sul; mai; sempre; oggi; domani; senza; perché; o; cosa; ciao; ci; ne; suo; sua; quando
        nl: de; het; een; en; is; ik; niet; je; jij; mij; me; mijn; met; voor; op; van; te; dat; die; dit; hoe; wat; als; maar; of; ook; nog; kan; heb; heeft; ben; bent; zijn; jouw; wij; zij; hij; naar; bij; uit; om; nu; vandaag; morgen; geen; graag; waarom; moet; wil; er; aan; hallo; dank
        """
}
