// The format is described at `CueLexicon`: a concept, and below it words for it by language.

extension Concepts {
    /// What it is about, and small words that turn it.
    static let matter = """
        = medicine: medicine 1
        en: dose; doses; pill; pills; medication*; medicine*; antibiotic*; insulin; blood thinner; ibuprofen; paracetamol; antidepressant*; mg; prescription; doctor; sugar; thyroid; lithium; warfarin; symptom*; lump; rash; mole; fever; pain; numb; pregnant; weeks pregnant; surgery; operation; vet; heart; blood pressure; urine; pee; infection; cancer; injection; syrup; drops
        de: dosis; tablette*; medikament*; antibiotik*; insulin; blutverdunner; ibuprofen; paracetamol; antidepress*; mg; rezept; arzt; arztin; zucker; schilddruse; symptom*; knoten; ausschlag; muttermal; fieber; schmerz*; schwanger; operation; op; tierarzt; herz*; blutdruck; urin; infekt*; krebs; spritz*; saft; absetzen
        es: dosis; pastilla*; medicament*; medicina*; antibiotic*; insulina; anticoagulante; ibuprofeno; paracetamol; antidepres*; mg; receta; medico; azucar; tiroides; litio; sintoma*; bulto; lunar; fiebre; dolor; embaraz*; operacion; veterinario; corazon; tension; orin*; infeccion; cancer; jarabe
        fr: dose; comprime*; medicament*; antibiotique*; insuline; anticoagulant; ibuprofene; paracetamol; antidepresseur*; mg; ordonnance; medecin; docteur; glycemie; thyroide; symptome*; boule; grain de beaute; fievre; douleur; enceinte; operation; veterinaire; coeur; tension; urine*; infection; cancer; sirop
        pt: dose; comprimido*; remedio*; antibiotico*; insulina; ibuprofeno; mg; receita; medico; glicose; caroco; febre; dor; gravida; cirurgia; veterinario; coracao; pressao; cancer; xarope
        it: dose; pastigli*; medicin*; farmac*; antibiotic*; insulina; ibuprofene; mg; ricetta; medico; glicemia; nodulo; neo; febbre; dolore; incinta; operazione; veterinario; cuore; pressione; cancro; sciroppo
        zh: 药; 剂量; 胰岛素; 血糖; 布洛芬; 抗生素; 医生; 硬块; 痣; 发烧; 疼; 怀孕; 手术; 兽医; 血压; 癌; 症状
        ja: 薬; 量; インスリン; 血糖; イブプロフェン; 抗生物質; 医者; しこり; ほくろ; 熱; 痛; 妊娠; 手術; 獣医; 血圧; がん; 症状
        ar: دواء; حبه; جرعه; انسولين; السكر; بروفين; مضاد; دكتور; كتله; حراره; الم; حامل; عمليه; ضغط; سرطان; اعراض
        hi: दवा; गोली; खुराक; इंसुलिन; शुगर; इबुप्रोफेन; एंटीबायोटिक; डॉक्टर; गाँठ; बुखार; दर्द; गर्भवती; ऑपरेशन; ब्लड प्रेशर; कैंसर; लक्षण

        = law-office: law-office 1
        en: court; judge; lawyer; legal; legally; law; sue; contract; clause; lease; eviction; evict*; tenant; will; inheritance; custody; tax; taxes; tax office; visa; residence; permit; liable; liability; rights; entitled; severance; police; fine; notice; debt; collector; sign; binding; allowed; prenup; insurance; notary; union; approve; on behalf; board; deduct*; fired; appeal; objection
        de: gericht; richter; anwalt; anwaltin; rechtlich; recht; klage; verklag*; vertrag; klausel; mietvertrag; kundigung; raumung; testament; erbe; erbschaft; sorgerecht; steuer*; finanzamt; visum; aufenthalt*; hafte*; haftung; anspruch; abfindung; polizei; bussgeld; mahnung; inkasso; unterschreib*; verbindlich; darf; darf er; versicherung; notar; betriebsrat; genehmig*; im namen; widerspruch; bescheid; kaution
        es: juzgado; juez; abogad*; legal; ley; demand*; contrato; clausula; alquiler; desahuci*; testamento; herencia; custodia; impuesto*; hacienda; visado; residencia; responsable*; derecho*; finiquito; policia; multa; deuda; firm*; vinculante; puede; me pueden; seguro; notario; sindicato; aprueba; en nombre; despedir; fianza; baja
        fr: tribunal; juge; avocat*; legal; loi; proces; contrat; clause; bail; expuls*; testament; heritage; garde; impot*; fisc; visa; sejour; responsable*; droit*; indemnite; police; amende; dette; huissier; sign*; valable; peut il; peuvent; assurance; notaire; syndicat; valide; au nom; licencier; caution; arret maladie
        pt: juiz; tribunal; advogad*; legal; lei; process*; contrato; clausula; aluguel; despej*; testamento; heranca; guarda; imposto*; visto; responsavel; direito*; rescis*; policia; multa; divida; assin*; pode; seguro; cartorio; demitid*; deposito
        it: tribunale; giudice; avvocat*; legale; legge; causa; contratto; clausola; affitto; sfratto; testamento; eredita; affidamento; tasse; visto; permesso; responsabil*; diritto; liquidazione; polizia; multa; debito; firm*; vincolante; possono; puo; assicurazione; notaio; licenziar*; cauzione
        zh: 法院; 律师; 合法; 法律; 起诉; 合同; 条款; 房租; 驱逐; 遗嘱; 遗产; 抚养权; 税; 签证; 责任; 权利; 赔偿; 警察; 罚款; 签字; 有效; 押金; 辞退
        ja: 裁判; 弁護士; 違法; 法律; 訴; 契約; 条項; 家賃; 退去; 遺言; 相続; 親権; 税; ビザ; 責任; 権利; 退職金; 警察; 罰金; 署名; 有効; 敷金; 解雇
        ar: محكمه; قاضي; محامي; قانون*; دعوي; عقد; بند; ايجار; اخلاء; وصيه; ورث; حضانه; ضريبه; اقامه; مسؤول; حقوق; يحق; شرطه; غرامه; توقيع; تامين; يفصلون*
        hi: अदालत; वकील; कानून*; मुकदमा; अनुबंध; किराया; वसीयत; विरासत; कस्टडी; टैक्स; वीज़ा; ज़िम्मेदार; अधिकार; मुआवज़ा; पुलिस; जुर्माना; हस्ताक्षर; मान्य; डिपॉज़िट

        = act-for-good: act-for-good 1
        en: send; delete; wipe; cancel; transfer; wire; pay; publish; post; buy; sell; fire; terminate; accept the; withdraw; purge; order; merge; shred; block; remove; empty; confirm; close my; submit; reply all; mail the
        de: schick*; losch*; absag*; sag ab; uberweis*; bezahl*; veroffentlich*; kauf*; verkauf*; kundig*; storni*; bestell*; nimm an; leer*; blockier*; bestatig*; zusag*; ab damit; raus
        es: envia*; manda*; borra*; elimina*; cancela*; transfier*; paga*; publica*; compra*; vende*; acepta*; encarga*; confirma*; da de baja; bloque*; vacia*; responde a todos
        fr: envoie*; efface*; supprime*; annule*; vire*; paie; paye*; publie*; achete*; vends; accepte*; commande*; confirme*; resilie*; bloque*; vide; reponds a tous
        pt: manda; envia*; apaga*; cancela*; transfere*; paga*; publica*; compra*; vende*; aceita*; encomenda*; confirma*; bloqueia*
        it: manda*; invia*; cancella*; elimina*; bonifico; paga*; pubblica*; compra*; vendi*; accetta*; ordina*; conferma*; disdici*; blocca*
        zh: 发给; 发送; 删; 取消; 转给; 转账; 付; 发布; 买; 卖; 接受; 订; 确认; 拉黑; 通知
        ja: 送って; 消して; 削除; キャンセル; 振り込; 払って; 公開; 買って; 売って; 注文; 確認; ブロック; 連絡
        ar: ارسل; احذف; الغ; حول; ادفع; انشر; اشتر; بيع; اقبل; اطلب; اكد; امسح
        hi: भेज; हटा; मिटा; रद्द; ट्रांसफर; भुगतान; प्रकाशित; खरीद; बेच; स्वीकार; ऑर्डर; ब्लॉक

        = all-of-it: all-of-it 1
        en: all; everyone; everybody; everything; whole; entire; for good; non refundable; today; now; immediately; the old
        de: alle; allen; alles; ganze; endgultig; sofort; jetzt; heute; alten
        es: todos; todas; todo; entero; definitiv*; ya; ahora; hoy; viejos; viejas; del todo
        fr: tous; toutes; tout; entier; definitiv*; maintenant; aujourd hui; vieux; vieilles; pour de bon
        pt: todos; todas; tudo; agora; hoje; antigos
        it: tutti; tutte; tutto; subito; ora; oggi; vecchi
        zh: 全部; 所有; 都; 全体; 马上; 现在
        ja: 全部; 全員; すべて; 今すぐ; 古い
        ar: كل; كلها; الكل; الحين; الان; القديمه
        hi: सब; सारे; सबको; पूरा; अभी; पुराने

        = make-text: make-text 1
        en: write; draft; translate; summar*; rewrite; proofread; turn these; format; list; sort; convert; calculate; remind; add; move; set; schedule; rename; put together; prepare; reply; make me a; fill in; solve; do my; finish; give me the answer*; answer*; code; paraphrase; compose
        de: schreib*; verfass*; ubersetz*; fass; zusammenfass*; korrigier*; sortier*; rechne; erinner*; setz; verschieb*; mach mir; mach aus; losung*; los; lose; fertig; programmier*; formulier*; ausfull*; fullst; antwort*
        es: escrib*; redact*; traduc*; resum*; corrig*; ordena*; calcula*; recuerda*; recuerdame; apunta; anade; pasa mi; hazme; haz; resuelv*; rellena*; completa*; program*; respuesta*; convierte; solucion*
        fr: ecri*; redig*; tradui*; resum*; corrig*; trie*; calcule*; rappelle*; ajoute*; deplace*; fais moi; fais; resou*; rempli*; complet*; code; reponse*; prepare*; transforme*; solution*
        pt: escrev*; redig*; traduz*; resum*; corrig*; ordena*; calcul*; lembr*; coloca; faz; resolve*; preench*; responde*; resposta*; transforma*
        it: scriv*; traduc*; riassum*; corregg*; ordina*; calcola*; ricorda*; aggiungi; fammi; fai; risolv*; compil*; complet*; rispost*; trasforma*
        zh: 写; 翻译; 总结; 改; 排序; 计算; 提醒; 加到; 做; 解; 填; 答案; 整理; 概括
        ja: 書いて; 訳して; 要約; 直して; 並べ; 計算; リマインド; 追加; 作って; 解いて; 答え; まとめ; 考えて
        ar: اكتب; ترجم; لخص; صحح; رتب; احسب; ذكرني; ضيف; سو; حل; عبي; جواب; حول هذه
        hi: लिख; अनुवाद; सारांश; ठीक करो; क्रम; गणना; याद दिला; जोड़; बना; हल कर; भर; उत्तर; कर दो

        = fact-question: fact-question 1
        en: what is; whats; what are; how do; how does; how long; how many; how much; how far; who; when did; when is; where; why do; why is; why does; which; explain; difference; mean; means; meaning; define; recommend; suggest; idea for; ideas; tips; example; called; name of; how often; is there; does; tell me about; normally; usually
        de: was ist; was heisst; was bedeutet; was macht; wie lange; wie viel*; wie weit; wie kann; wie sagt; wie funktioniert; wie krieg; wer; wann; wo; warum; welche*; erklar*; unterschied; bedeutet; empfiehl*; idee; tipps; beispiel; hiess; nenn; gibt es; gibts; normalerweise
        es: que es; que significa; cuanto*; cuantos; como se; como funciona; quien; cuando; donde; por que; cual es; explica*; diferencia; significa; recomienda*; idea; consejos; ejemplo; llamaba; hay
        fr: qu est ce; c est quoi; que veut; combien; comment; qui; quand; ou est; pourquoi; quel*; explique*; difference; signifie; recommande*; idee; astuce; exemple; s appelait; y a t il
        pt: o que e; o que; quanto*; como; quem; quando; onde; por que; qual e; explica*; diferenca; significa; indica; ideia; exemplo; chamava
        it: che cos; cosa e; che cosa; quanto*; come si; come; chi; quando; dove; perche; qual e; spiega*; differenza; significa; consigli*; idea; esempio; chiamava
        zh: 什么; 怎么; 多久; 多少; 多长; 谁; 什么时候; 哪里; 为什么; 解释; 区别; 意思; 推荐; 怎么读; 请问; 是什么
        ja: とは; 何; どう; どのくらい; いくつ; 誰; いつ; どこ; なぜ; 説明; 違い; 意味; おすすめ; 教えて; 何分; ですか
        ar: ما هو; ما معني; ما الفرق; وش; كيف; كم; مين; متي; وين; ليش; لماذا; اشرح; الفرق; معني; رشح; اقترح; ما عاصمه
        hi: क्या है; कैसे; कितना; कितने; कौन; कब; कहाँ; क्यों; समझाओ; अंतर; मतलब; सुझाओ; बताओ; राजधानी

        = everyday-thing: everyday-thing 1
        en: recipe; cook; rice; egg; eggs; soup; milk; garden; plant*; train; bus; weather; laptop; phone; excel; python; file; capital; planet; joke; present; gift; dinner; lunch; car; cat; dog; movie; word; spell; plural; pronounce; bottle; candle; kitchen; fridge; wine; coffee; tea; cake; bread; holiday; trip; museum; bike; music
        de: rezept; kochen; reis; ei; eier; suppe; milch; garten; pflanze*; zug; bus; wetter; laptop; handy; datei; hauptstadt; witz; geschenk*; abendessen; auto; katze; wort; mehrzahl; kerze*; kuhlschrank; wein; kaffee; tee; kuchen; brot; urlaub; reise; rad; musik
        es: receta; cocin*; arroz; huevo*; sopa; leche; jardin; planta*; tren; tiempo; movil; archivo; capital; chiste; regalo; cena; coche; gato; palabra; vela; nevera; vino; cafe; te; pan; vacaciones; viaje; musica
        fr: recette; cuisin*; riz; oeuf*; soupe; lait; jardin; plante*; train; meteo; portable; fichier; capitale; blague; cadeau; diner; voiture; chat; mot; bougie; frigo; vin; cafe; the; pain; gateau; vacances; voyage; musique
        pt: receita; cozinh*; arroz; ovo*; sopa; leite; jardim; planta*; trem; arquivo; capital; piada; presente; jantar; carro; gato; palavra; geladeira; vinho; cafe; pao; viagem; filme
        it: ricetta; cucin*; riso; uovo; uova; zuppa; latte; giardino; piant*; treno; file; capitale; barzelletta; regalo; cena; auto; gatto; parola; frigo; vino; caffe; pane; viaggio; film
        zh: 菜; 鸡蛋; 米饭; 汤; 牛奶; 花; 火车; 高铁; 天气; 电脑; 手机; 文件; 笑话; 礼物; 车; 猫; 字; 冰箱; 酒; 咖啡; 面包; 旅行; 电影
        ja: 料理; 卵; 米; スープ; 牛乳; 花; 電車; 天気; パソコン; スマホ; ファイル; 冗談; プレゼント; 車; 猫; 漢字; 冷蔵庫; ワイン; コーヒー; パン; 旅行; 映画
        ar: طبخ; بيض; رز; شوربه; حليب; زرع; قطار; طقس; لابتوب; ملف; عاصمه; نكته; هديه; سياره; قطه; كلمه; ثلاجه; قهوه; خبز; رحله
        hi: रेसिपी; चावल; अंडा; अंडे; सूप; दूध; पौधा; ट्रेन; मौसम; लैपटॉप; फ़ाइल; राजधानी; चुटकुला; उपहार; कार; बिल्ली; शब्द; फ्रिज; चाय; रोटी; यात्रा

        = quarrel-words: quarrel-words 1
        en: argue*; fight; fighting; fights; blame*; fault; unfair; fair; always; never; promised; agreed; wants me to; he wants; she wants; he says; she says; they want; refuses; wont; insists; my side; his side; share; split; compromise; give in; rent; chores; housework; noise; custody; inherit*; conflict; apologise*; shout*; loud
        de: streit*; schuld; unfair; gerecht; immer; nie; versprochen; er will; sie will; er sagt; sie sagt; die wollen; weigert; besteht; teilen; kompromiss; nachgeben; gibt nach; haushalt; larm; sorgerecht; geerbt; laut; schrei*
        es: discut*; pelea*; culpa; injusto; justo; siempre; nunca; prometio; el quiere; ella quiere; el dice; ella dice; se niega; repartir; ceder; cede; limpia; ruido; custodia; hered*; grita*
        fr: disput*; faute; injuste; juste; toujours; jamais; promis; il veut; elle veut; il dit; elle dit; refuse; partag*; compromis; ceder; cede; menage; bruit; garde; herit*; crie*
        pt: brig*; culpa; injusto; sempre; nunca; prometeu; ele quer; ela quer; ele diz; ela diz; recusa; dividir; ceder; cede; casa; barulho
        it: litig*; colpa; ingiusto; sempre; mai; promesso; lui vuole; lei vuole; lui dice; lei dice; rifiuta; dividere; cedere; cede; faccende; rumore
        zh: 吵; 怪; 不公平; 总是; 从来不; 他要; 她要; 他说; 她说; 不肯; 分; 让步; 家务; 噪音
        ja: 喧嘩; けんか; せい; 不公平; いつも; 絶対; と言う; したい; 譲; 家事; うるさ; 分け
        ar: نتخانق; غلطته; مو عدل; دايم; هو يبي; هي تبي; يقول; تقول; يرفض; يتنازل; شغل البيت; ازعاج
        hi: झगड़*; गलती; अन्याय; हमेशा; वह चाहता; वह कहता; मना; बाँट; माने; घर का काम; शोर

        = mediation-frame: mediation-frame 1
        en: mediation; mediator; session; agreement; we both; each of us; both sides; settled; in the minutes; with him in the room; write down
        de: mediation; sitzung; vereinbar*; wir beide; jeder von uns; geeinigt; protokoll
        es: mediacion; sesion; acuerdo; los dos; acordado; acta
        fr: mediation; seance; accord; tous les deux; convenu; compte rendu; decide
        pt: mediacao; sessao; acordo; os dois; combinado; ata
        it: mediazione; seduta; accordo; entrambi; deciso; verbale
        zh: 调解; 协议; 双方; 约定
        ja: 調停; 合意; 双方; 話し合い
        ar: وساطه; جلسه; اتفاق; الطرفين
        hi: मध्यस्थता; समझौता; दोनों; तय

        = negator: negator 1
        en: not; no; never; dont; cant; wont; isnt; doesnt; didnt; couldnt; without; nothing; none
        de: nicht; kein*; nie; nichts; ohne; niemals
        es: no; nunca; nada; sin; ningun*; jamas; tampoco
        fr: ne; pas; jamais; rien; sans; aucun*; plus
        pt: nao; nunca; nada; sem; nenhum*
        it: non; mai; niente; senza; nessun*
        zh: 不; 没; 别; 无
        ja: ない; ません; なかった; なく
        ar: لا; ما; مو; لم; ليس; بدون
        hi: नहीं; मत; न; बिना

        = past: past 1
        en: yesterday; last night; last week; ago; was; did; had; were; went; told; said; took; got; came; since
        de: gestern; letzte; vor; war; hat; hab; haben; hatte; gesagt; kam; seit
        es: ayer; anoche; pasad*; hace; era; fue; he; ha; dijo; desde
        fr: hier; dernier*; il y a; etait; ai; a dit; avait; depuis
        pt: ontem; passad*; foi; era; disse; desde
        it: ieri; scors*; fa; era; ha; ho; detto; da quando
        zh: 昨天; 昨晚; 了; 过; 上周
        ja: 昨日; 昨夜; た; 先週; 前に
        ar: امس; البارح; كان; قال; قلت; من قبل
        hi: कल; था; थी; थे; कहा; से

        = time-press: time-press 1
        en: tomorrow; tonight; due; deadline; in an hour; by friday; minutes; midnight; soon; friday; monday
        de: morgen; heute abend; abgabe; frist; in einer stunde; bis freitag; minuten; mitternacht; montag; freitag
        es: manana; esta noche; entrega; plazo; en una hora; viernes; minutos; lunes
        fr: demain; ce soir; delai; dans une heure; vendredi; minutes; minuit; lundi
        pt: amanha; hoje a noite; prazo; sexta; minutos
        it: domani; stasera; scadenza; venerdi; minuti
        zh: 明天; 今晚; 截止; 小时; 周五
        ja: 明日; 今夜; 締め切り; 時間後; 金曜
        ar: بكره; بكرا; الليله; غدا; الجمعه
        hi: कल; आज रात; समय सीमा; शुक्रवार

        = hedge-slang: hedge-slang 1
        en: lol; haha; tbh; honestly; kinda; pls; please; omg; ugh; idk; btw; just; literally; quick
        de: haha; ehrlich; irgendwie; bitte; mal; eigentlich; echt; halt; kurz
        es: jaja; la verdad; por favor; porfa; en serio; rapido
        fr: mdr; franchement; stp; s il te plait; svp; vraiment; vite
        pt: kkk; rs; por favor; serio; rapidinho
        it: ahah; per favore; davvero; veloce
        zh: 哈哈; 请; 真的; 快
        ja: 笑; お願い; ほんと; ちょっと
        ar: ههه; لو سمحت; بصراحه; بس
        hi: हाहा; कृपया; सच; प्लीज़
        """
}
