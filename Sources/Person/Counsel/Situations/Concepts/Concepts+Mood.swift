// The format is described at `CueLexicon`: a concept, and below it words for it by language.

extension Concepts {
    /// How somebody fares, and how they come and go.
    static let mood = """
        = sad-lonely: sad-lonely 1
        en: sad; lonely; alone; cry*; crying; tears; hollow; empty; numb; miss her; miss him; miss my; missing; heartbroken; broken; hurts; low; grief; hopeless; down; quiet; nobody; no one; left out; left me; ignored; ashamed; humiliated; worried; anxious; panic; overwhelmed; tired of; exhausted; heavy; rough; awful; terrible; hard day; cant sleep; upset
        de: traurig; einsam; allein; wein*; heul*; tranen; leer; vermiss*; fehlt mir; gebrochen; niemand; keiner; scham*; sorgen; angstlich; panik; uberfordert; zu viel; mude; schwer; furchtbar; schlimm; schlecht; schlafe nicht; grubel*; still; grau
        es: triste; solo; sola; llor*; vacio; vacia; extrano; echo de menos; echo tanto; roto; nadie; vergüenza; verguenza; preocup*; ansied*; agobi*; supera; cansad*; pesad*; horrible; fatal; mal; no duermo; pego ojo; callada; humill*
        fr: triste; seul; seule; pleur*; larmes; vide; manque; brise*; personne; honte; inquiet*; angoiss*; deborde*; fatigue*; lourd; affreux; horrible; mal; dors plus; rumine; miettes; bof; sale journee
        pt: triste; sozinh*; chor*; vazi*; saudade; falta; ninguem; vergonha; preocupa*; ansios*; cansad*; pesad*; pessimo; mal; durmo
        it: triste; solo; sola; piang*; pianto; vuot*; manca; nessuno; vergogn*; preoccup*; ansia; stanc*; pesante; giornataccia; male; dormo
        zh: 难过; 难受; 伤心; 孤独; 寂寞; 哭; 空空; 想念; 好想; 没人; 心情; 睡不着; 焦虑; 累; 烦; 一个人
        ja: 悲し; さみし; 寂し; つら; 辛; 泣; しんどい; 孤独; 眠れ; 不安; 疲れ; 落ち込; ひとり; 一人; 無視
        ar: حزين*; وحيد*; وحده; بكيت; ابكي; متضايق*; فراغ; اشتاق; مشتاق; محد; قلق; تعبان*; ضيقه; خنقه; ما اقدر انام
        hi: उदास; दुखी; अकेल*; रोया; रोई; रो रहा; खाली; याद आ; किसी ने; चिंता; परेशान; थक; नींद नहीं; शर्म

        = loss: loss 1
        en: died; funeral; passed away; buried; anniversary; late husband; late wife; since she; lost the baby; lost my; put down; divorce; packed; moved out; broke up; left me; laid off; diagnosis; without him; without her; grave
        de: gestorben; beerdigung; verstorben; begraben; todestag; jahrestag; verloren; eingeschlafert; einschlafern; scheidung; ausgezogen; verlassen; entlassen; diagnose; ohne ihn; ohne sie; sachen geholt
        es: murio; fallec*; entierro; funeral; aniversario; perdimos; perdi; divorcio; se fue; me dejo; despidieron; diagnostico; sin el; sin ella; cosas
        fr: mort; decede*; enterrement; anniversaire de; perdu; divorce; parti; quitte*; licencie*; diagnostic; sans lui; sans elle; piquer
        pt: morreu; faleceu; enterro; perdemos; perdi; divorcio; foi embora; me deixou; demitid*; sem ele
        it: morto; morta; funerale; perso; divorzio; andato; andata; lasciat*; licenziat*; diagnosi; senza di lui
        zh: 去世; 葬礼; 没保住; 离婚; 搬走; 分手; 走了; 离开我; 裁员; 忌日
        ja: 亡くな; 葬式; 流産; 離婚; 出ていき; 別れ; 失っ; 解雇; 命日
        ar: توفي; توفت; جنازه; الله يرحم*; فقدنا; طلاق; تركني; فصلوني; راح
        hi: गुज़र; मर गया; अंतिम; खो दिया; तलाक; छोड़कर; चला गया; निकाल दिया

        = joy: joy 1
        en: yay; finally; first time; passed; won; win; proud; guess what; so happy; at last; made it; did it; got in; got the; got my; clear; benign; signed; said yes; accepted; scholarship; worked; danced; dancing; hugged; thrilled; best day; woo*; sober; all right; born; steps; clicked; paid off; published; promoted; hired; we did; 100; in a row; smoke free; without help
        de: endlich; zum ersten mal; bestanden; gewonnen; stolz; stell dir vor; geschafft; gutartig; unterschrieben; gesagt ja; ja gesagt; angenommen; genommen; geklappt; umarmt; schonste; trocken; geboren; schritte; klick; abbezahlt; gedruckt; geeinigt; hurra; juhu; ohne hilfe; eine eins; durchgeschlafen
        es: por fin; primera vez; aprob*; gane; ganamos; orgullos*; adivina; logr*; consegui*; limpia; firmo; dijo que si; admit*; beca; funciono; abraz*; sobrio; nacio; pasos; clic; publicaron; contrat*; genial; yupi; un diez; dormido; seguidas
        fr: enfin; premiere fois; reussi*; gagne*; fier*; devine; y suis arrive; eu mon; a eu; signe; dit oui; admis*; prise; bourse; marche*; serre*; sobre; ne; naissance; pas; tilt; publie; embauche*; genial; youpi; vingt sur; sans une goutte
        pt: finalmente; primeira vez; passei; ganh*; orgulh*; adivinha; consegui; negativo; assinou; disse sim; aprovad*; bolsa; deu certo; abrac*; sobrio; nasceu; passos; contratad*; viva
        it: finalmente; prima volta; passato; promoss*; vint*; fier*; indovina; riuscit*; pulito; firmato; detto di si; presa; borsa; abbracciat*; sobri*; nato; nata; passi; pace; evviva
        zh: 终于; 第一次; 考上; 通过; 赢; 骄傲; 猜猜; 成功; 没问题; 签; 答应; 录取; 和好; 出生; 会走路; 表扬; 太好了; 开心
        ja: やっと; ついに; 初めて; 合格; 勝; 誇り; 聞いて; 成功; 異常なし; 決まっ; 受か; できた; 達成; 仲直り; 生まれ; 褒め; 嬉し; やった
        ar: اخيرا; اول مره; نجحت; فزنا; فخور*; خمن; قدرت; سليم; وقع; وافقت; انقبلت; منحه; تصالح*; ولد; خطوه; الحمد لله; مبسوط*
        hi: आखिरकार; पहली बार; पास हो गया; पास हो गई; जीत*; गर्व; चयन; ठीक आई; हाँ कह; सुलह; पैदा; कदम; खुश; हो गया

        = failing: failing 1
        en: fail*; failed; cant do; stupid; dumb; useless; hopeless; give up; giving up; quit; never get; never be; not good enough; not cut out; rejection; rejected; again; suck*; loser; worse; slowest; behind; no talent; wont work; too old; not made for; no progress; nothing works; blew it; ruined; messed up; froze; lousy; rubbish; bad at; whats the use; why bother; whats the point; another no
        de: versagt; durchgefallen; dumm; blod; doof; nutzlos; aufgeben; geb auf; lass das; lass es; nie; niemals; zu alt; nicht gemacht; absage*; schon wieder; wieder nicht; schlechter; langsamste; talent; hoffnungslos; vergeig*; blackout; mist; wozu; bringt nichts; kapier*; schaff das nie; ruckfallig; drauf
        es: fracas*; suspend*; tont*; burr*; inutil; rendirme; lo dejo; nunca; jamas; rechaz*; otra vez; no sirvo; no valgo; negad*; desastre; lenta; mayor para; en blanco; basura; para que; recai*; no mejoro; sin remedio; mal profesor*
        fr: echou*; rate*; nul; nulle; bete; inutile; j arrete; abandonn*; jamais; refus; encore; pas fait pour; pas faite; pas doue*; lente; trop vieux; trou noir; mauvais*; a quoi bon; rechut*; progresse pas; louper; gache*
        pt: fracass*; reprov*; burr*; inutil; desist*; nunca; de novo; nao sirvo; nao levo jeito; desastre; velh*; pra que; recai; nao melhoro; menos eu
        it: fallit*; bocciat*; stupid*; inutile; mollo; rinunc*; mai; rifiuto; di nuovo; negat*; non sono portat*; disastro; vecchi*; a che serve; ricascat*; non miglioro; tranne me
        zh: 失败; 笨; 没用; 放弃; 学不会; 永远; 又; 被拒; 不是这块料; 没进步; 挂科; 做不到; 算了; 没毅力; 就我没
        ja: 失敗; ダメ; だめ; 無理; 諦め; やめ; 落ちた; 不採用; 向いてない; 上手くならない; また; どうせ; 才能; ばか; 馬鹿
        ar: فشل*; رسبت; غبي*; ما منه فايده; ما في فايده; استسلم; مستحيل; رفض; مو لي; ما اتحسن; الا انا; فاشل*; اتلعثم
        hi: फेल; असफल; बेवकूफ; गधा; बेकार; हार मान; छोड़ दूँ; कभी नहीं; फिर से; रिजेक्ट; लायक नहीं; सुधार नहीं; नहीं होगा; दम नहीं

        = effort: effort 1
        en: practise; practice; practised; trained; tried; trying; studied; for weeks; for months; for years; attempts; no matter how; every day; rewrote; rewritten; nine times; applications
        de: ube; uben; geubt; versuch*; gelernt; seit wochen; seit monaten; egal wie; jeden tag; bewerbung*; anlauf
        es: practic*; entren*; intent*; estudi*; semanas; meses; por mucho que; cada dia; veces
        fr: entrain*; essay*; travaill*; revis*; semaines; mois; j ai beau; chaque jour; fois
        pt: treino; tent*; estud*; semanas; meses; todo dia; vezes
        it: alleno; prov*; studi*; settimane; mesi; ogni giorno; volte
        zh: 练; 努力; 怎么练; 几个月; 一个月; 每天; 次
        ja: 練習; 頑張; 勉強; 何度; いくら; 毎日; 社目
        ar: اتدرب; احاول; ادرس; كل يوم; شهور; مره
        hi: अभ्यास; कोशिश; पढ़ता; महीने; रोज़; बार

        = leave: leave 1
        en: bye; goodbye; good night; goodnight; night night; see you; talk later; ttyl; gtg; gotta go; heading out; off to bed; going to bed; falling asleep; thats all; thats it for; done for; enough for today; ill take it from here; rest myself; signing off; logging off; later; laters; have a nice; until; wish me luck; going in now; thanks for everything; battery at; calling me; dinner is ready; dinners ready; my bus; crash
        de: tschuss; tschau; gute nacht; bis morgen; bis dann; bis spater; bis montag; muss los; ich geh; schluss fur; das wars; das reicht; reicht mir; den rest; mehr brauch; feierabend; leg mich; schlafen; schonen abend; machs gut; essen ist fertig; bin raus; danke
        es: adios; chao; buenas noches; hasta; nos vemos; me voy; te dejo; luego hablamos; eso es todo; con esto me vale; el resto; a la cama; cenar; que descanses; buena tarde; gracias
        fr: au revoir; ciao; salut; bonne nuit; bonne soiree; a demain; a lundi; a plus; je file; je te laisse; je vais me coucher; c est tout; ca me suffit; le reste; a table; merci; dois y aller
        pt: tchau; boa noite; ate amanha; ate mais; vou nessa; era so isso; dormir; jantar; valeu; obrigad*
        it: ciao; buonanotte; a domani; scappo; ci sentiamo; mi basta; a letto; in tavola; grazie; arrivederci
        zh: 拜拜; 再见; 晚安; 先下; 回头聊; 到这里; 困了; 吃饭了; 剩下的; 谢谢; 走了
        ja: おやすみ; また明日; 落ちる; じゃあ; 寝ます; 寝るね; 大丈夫です; あとは; では; ありがとう
        ar: مع السلامه; تصبح علي خير; بروح انام; اكلمك بعدين; هذا كل شي; يلا; الباقي; شكرا
        hi: बाय; शुभ रात्रि; चलता हूँ; बाद में बात; इतना ही; सोने जा; बाकी मैं; धन्यवाद; अलविदा

        = lean-on: lean-on 1
        en: without you; ask you everything; asking you; you decide; decide for me; choose for me; pick for me; only you; talk to you; rather stay; rather talk; you always; like always; as always; as usual; again; and the next; tell me what to think; check with you; you know me best; instead of them; anymore without; cancelled on; ive got you; you first
        de: ohne dich; entscheid du; entscheide du; fur mich; nur noch dich; nur mit dir; rede mit dir; lieber hier; wie immer; und die nachste; was ich denken; sag ihm von mir; du weisst; druberschau*; frag ich dich
        es: sin ti; decide tu; elige tu; por mi; solo a ti; contigo; prefiero quedarme; como siempre; y la siguiente; que pensar; siempre eliges; te lo pregunto todo
        fr: sans toi; decide; choisis; a ma place; que toi; avec toi; je prefere rester; comme d habitude; et la suivante; quoi penser; tu choisis; je te demande tout
        pt: sem voce; decide voce; escolhe; com voce; prefiro ficar; como sempre; so falo
        it: senza di te; decidi tu; scegli tu; con te; preferisco stare; come sempre; parlo piu
        zh: 没有你; 帮我选; 先问你; 跟你聊; 跟你说话; 像每次; 你决定
        ja: あなたに聞かないと; 選んで; あなたと話す; いつもみたい; あなただけ; 決めて
        ar: بدونك; اختار لي; اسولف معك; مثل كل مره; الا بعد ما تشوفه; انت قرر
        hi: तुमसे पूछे; तुम ही चुन; तुमसे बात; हमेशा की तरह; तुम्हारे बिना; तुम बताओ
        """
}
